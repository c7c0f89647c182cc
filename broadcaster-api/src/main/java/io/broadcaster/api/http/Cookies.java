package io.broadcaster.api.http;

import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.CookieBuilder;
import com.linecorp.armeria.common.RequestHeaders;
import io.broadcaster.config.AppName;
import java.time.Duration;
import java.util.Optional;

/**
 * Our two cookies. Their names carry the app, because browsers keep cookies per host name, whatever the port. The prefix
 * {@code __Host-} binds them to this very host: browsers take them over https, and over http from loopback, which they trust
 * as much. That of a session is sent by our own pages only; that of a sign-in under way must come along when the issuer sends
 * the browser back, and is worth nothing without the issuer's code.
 */
final class Cookies {
    private final String session;
    private final String signIn;

    Cookies(AppName app) {
        session = "__Host-session-" + app.value();
        signIn = "__Host-sign-in-" + app.value();
    }

    Optional<String> session(RequestHeaders headers) {
        return value(headers, session);
    }

    Optional<String> signIn(RequestHeaders headers) {
        return value(headers, signIn);
    }

    /** Kept until the browser closes, or the session ends. */
    String keepSession(String value) {
        return cookie(session, value, "Strict").build().toSetCookieHeader();
    }

    String dropSession() {
        return cookie(session, "", "Strict").maxAge(0).build().toSetCookieHeader();
    }

    String keepSignIn(String value, Duration length) {
        return cookie(signIn, value, "Lax").maxAge(length.toSeconds()).build().toSetCookieHeader();
    }

    String dropSignIn() {
        return cookie(signIn, "", "Lax").maxAge(0).build().toSetCookieHeader();
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
