package io.broadcaster.api.http;

import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.CookieBuilder;
import com.linecorp.armeria.common.RequestHeaders;
import java.time.Duration;
import java.util.Optional;

/**
 * Our two cookies. The prefix {@code __Host-} binds them to this very host: browsers take them over https, and over http from
 * loopback, which they trust as much. That of a session is sent by our own pages only; that of a sign-in under way must come
 * along when the issuer sends the browser back, and is worth nothing without the issuer's code.
 */
final class Cookies {
    private static final String SESSION = "__Host-broadcaster";
    private static final String SIGN_IN = "__Host-broadcaster-sign-in";

    private Cookies() {}

    static Optional<String> session(RequestHeaders headers) {
        return value(headers, SESSION);
    }

    static Optional<String> signIn(RequestHeaders headers) {
        return value(headers, SIGN_IN);
    }

    /** Kept until the browser closes, or the session ends. */
    static String keepSession(String value) {
        return cookie(SESSION, value, "Strict").build().toSetCookieHeader();
    }

    static String dropSession() {
        return cookie(SESSION, "", "Strict").maxAge(0).build().toSetCookieHeader();
    }

    static String keepSignIn(String value, Duration length) {
        return cookie(SIGN_IN, value, "Lax").maxAge(length.toSeconds()).build().toSetCookieHeader();
    }

    static String dropSignIn() {
        return cookie(SIGN_IN, "", "Lax").maxAge(0).build().toSetCookieHeader();
    }

    private static CookieBuilder cookie(String name, String value, String sameSite) {
        return Cookie.secureBuilder(name, value).path("/").httpOnly(true).sameSite(sameSite);
    }

    private static Optional<String> value(RequestHeaders headers, String name) {
        return headers.cookies().stream()
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .findFirst();
    }
}
