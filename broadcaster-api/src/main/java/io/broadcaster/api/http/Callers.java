package io.broadcaster.api.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.broadcaster.api.identity.Caller;
import io.broadcaster.api.identity.Doors;
import io.broadcaster.api.identity.IdentityConfig;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who makes a request: by an access token, or by a session's cookie. What comes by cookie and changes something must come
 * from a page of ours, told by its origin and by a header that no form and no foreign page can set. Safe for any thread;
 * blocks as the issuer does.
 */
public final class Callers {
    /** The header, with any value, of every change that a page of ours asks for. */
    static final String PAGE_HEADER = "broadcaster-page";

    /** A host, and perhaps a port: nothing else may get into the addresses that are made of it. */
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]@]+)(?::\\d{0,5})?");

    private static final String BEARER = "bearer ";
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Doors doors;
    private final Cookies cookies;

    public Callers(Doors doors) {
        this.doors = doors;
        this.cookies = new Cookies(doors.app());
    }

    /** Who calls, or why nobody is let in. */
    sealed interface Entry {
        /** {@code cookie}: the session's new cookie, where it changes. */
        record Entered(Caller caller, Optional<String> cookie) implements Entry {}

        record Refused(Problem problem) implements Entry {}
    }

    /** {@code door} has room for those whose token must be verified first. */
    Entry enter(RequestHeaders headers, Semaphore door) {
        String authorization = headers.get("authorization", "");
        if (!authorization.isEmpty()) {
            return byToken(authorization, door);
        }
        Optional<Doors.Session> session = cookies.session(headers).flatMap(doors::session);
        if (session.isEmpty()) {
            return refused(
                    Problem.Kind.NO_PRINCIPAL,
                    "bear an access token of " + doors.issuer() + ", or sign in at /sign-in");
        }
        if (!READING.contains(headers.method()) && !isFromOurPage(headers)) {
            return refused(
                    Problem.Kind.CROSS_SITE,
                    "a change by cookie must come from " + doors.origin(headers.authority()) + " and bear the header "
                            + PAGE_HEADER);
        }
        return new Entry.Entered(session.get().caller(), session.get().renewed().map(cookies::keepSession));
    }

    /** Whether the host name is ours: a web page that rebinds its own name to this address gets nothing. */
    boolean isServed(RequestHeaders headers) {
        String authority = headers.authority();
        Matcher matcher = AUTHORITY.matcher(authority == null ? "" : authority);
        if (!matcher.matches()) {
            return false;
        }
        String host = matcher.group(1).toLowerCase(Locale.ROOT);
        return IdentityConfig.isLoopback(host)
                || doors.publicHost().filter(host::equals).isPresent();
    }

    /** Whether the API has a name of its own, and not only those of loopback, which are every server's of the machine. */
    boolean haveOwnName() {
        return doors.publicHost().isPresent();
    }

    private Entry byToken(String authorization, Semaphore door) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return refused(Problem.Kind.INVALID_TOKEN, "Authorization must be Bearer and an access token");
        }
        String token = authorization.substring(BEARER.length()).strip();
        return doors.known(token)
                .<Entry>map(caller -> new Entry.Entered(caller, Optional.empty()))
                .orElseGet(() -> verified(token, door));
    }

    private Entry verified(String token, Semaphore door) {
        if (!door.tryAcquire()) {
            return new Entry.Refused(RouteService.BUSY);
        }
        try {
            return doors.bearer(token)
                    .<Entry>map(caller -> new Entry.Entered(caller, Optional.empty()))
                    .orElseGet(() -> refused(
                            Problem.Kind.INVALID_TOKEN,
                            "it must be an access token of " + doors.issuer() + " for " + doors.audience()
                                    + ", signed and not expired"));
        } finally {
            door.release();
        }
    }

    private boolean isFromOurPage(RequestHeaders headers) {
        return headers.contains(PAGE_HEADER) && headers.get("origin", "").equals(doors.origin(headers.authority()));
    }

    private static Entry refused(Problem.Kind kind, String detail) {
        return new Entry.Refused(Problem.of(kind, detail));
    }
}
