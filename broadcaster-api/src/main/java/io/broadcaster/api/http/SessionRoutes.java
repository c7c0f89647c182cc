package io.broadcaster.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.broadcaster.api.audit.AuditTrail;
import io.broadcaster.api.console.Apps;
import io.broadcaster.api.identity.Act;
import io.broadcaster.api.identity.Caller;
import io.broadcaster.api.identity.Doors;
import io.broadcaster.api.identity.Right;
import io.broadcaster.api.identity.Rights;
import io.broadcaster.api.identity.Role;
import io.broadcaster.audit.SessionEndActs;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Pressers;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.identity.SessionEnd;
import io.broadcaster.identity.SessionEnd.Of;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing in, who one is, signing out, ending the sessions of somebody; and, for programs, whose tokens are taken (RFC 9728). */
public final class SessionRoutes implements RouteSet {
    private static final Logger LOG = LoggerFactory.getLogger(SessionRoutes.class);
    private static final String BACK = "/sign-in/return";

    /** Our cookie is for our own pages' requests only, and the way back from the issuer is none: this page asks again. */
    private static final String LANDING = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<meta http-equiv=\"refresh\" content=\"0;url={to}\"><title>Signed in</title></head>"
            + "<body><p><a href=\"{to}\">Signed in: go on</a></p></body></html>";

    private final Doors doors;
    private final Apps apps;
    private final AuditTrail trail;
    private final InstantSource clock;
    private final Cookies cookies;

    public SessionRoutes(Doors doors, Apps apps, AuditTrail trail, InstantSource clock) {
        this.doors = doors;
        this.apps = apps;
        this.trail = trail;
        this.clock = clock;
        this.cookies = new Cookies(doors.app());
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/sign-in", Act.ENTER, this::signIn).with(Route.Body.PUBLIC),
                Route.get(BACK, Act.ENTER, this::signedIn).with(Route.Body.PUBLIC),
                Route.get("/session", Act.ENTER, this::session),
                Route.delete("/session", Act.ENTER, this::signOut),
                Route.delete("/sessions/{name}", Act.END_SESSIONS, this::endSessions),
                Route.get("/.well-known/oauth-protected-resource", Act.ENTER, this::resource)
                        .with(Route.Body.PUBLIC));
    }

    private HttpResponse signIn(Call call) {
        Doors.Begun begun = doors.begin(call.query("to").orElse("/"), back(call));
        return HttpResponse.of(headers(HttpStatus.SEE_OTHER)
                .set("location", begun.at().toString())
                .add("set-cookie", cookies.keepSignIn(begun.kept(), Doors.SIGN_IN_MAX))
                .build());
    }

    private HttpResponse signedIn(Call call) {
        Optional<Doors.SignedIn> signedIn = cookies.signIn(call.request().headers())
                .flatMap(kept -> doors.end(
                        call.query("code").orElse(""), call.query("state").orElse(""), kept, back(call)));
        if (signedIn.isEmpty()) {
            return Problem.of(
                            Problem.Kind.INVALID_TOKEN,
                            "this sign-in does not hold, or took too long; begin again at /sign-in")
                    .responseTo(call.request().headers());
        }
        ResponseHeaders headers = headers(HttpStatus.OK)
                .contentType(MediaType.HTML_UTF_8)
                .add("set-cookie", cookies.keepSession(doors.open(signedIn.get().caller())))
                .add("set-cookie", cookies.dropSignIn())
                .build();
        String to = signedIn.get().to().replace("&", "&amp;");
        return HttpResponse.of(headers, HttpData.ofUtf8(LANDING.replace("{to}", to)));
    }

    private HttpResponse session(Call call) {
        Caller caller = call.caller();
        ObjectNode body = Json.object();
        body.put("name", caller.name());
        var roles = body.putArray("roles");
        caller.roles().stream().map(Role::wireName).sorted().forEach(roles::add);
        body.put("until", caller.until().toString());
        body.put("app", apps.name());
        var others = body.putObject("apps");
        apps.others().forEach((name, console) -> others.put(name, console.toString()));
        var acts = body.putObject("acts");
        for (Act act : Act.values()) {
            ObjectNode entry = acts.putObject(act.wireName());
            entry.put("right", Rights.of(act, caller.roles()).name().toLowerCase(Locale.ROOT));
            var holders = entry.putArray("roles");
            Rights.holders(act, Right.YES).forEach(role -> holders.add(role.wireName()));
        }
        return Call.json(HttpStatus.OK, body);
    }

    /** The browser drops its cookie even if the word cannot be kept that no copy of it holds. */
    private HttpResponse signOut(Call call) {
        String drop = cookies.dropSession();
        try {
            cookies.session(call.request().headers()).ifPresent(doors::signOut);
        } catch (StoreException e) {
            LOG.warn("a signed-out session could not be ended everywhere", e);
            return Problem.of(
                            Problem.Kind.UNAVAILABLE,
                            "this browser is signed out, but a copy of its cookie may hold until the session would have ended")
                    .response()
                    .mapHeaders(headers ->
                            headers.toBuilder().add("set-cookie", drop).build());
        }
        return HttpResponse.of(
                headers(HttpStatus.NO_CONTENT).add("set-cookie", drop).build());
    }

    /** Does not wait for the audit log: what takes a right away must not fail for it, and the stored word tells who did it. */
    private HttpResponse endSessions(Call call) {
        String name = call.pathParam("name");
        if (!Pressers.isName(name)) {
            throw new InvalidInput("name", "must be " + Pressers.NAME_RULE, name);
        }
        var end = new SessionEnd(Of.PERSON, name, clock.instant(), call.principal());
        trail.writeLater(() -> SessionEndActs.of(end));
        doors.end(end);
        return HttpResponse.of(headers(HttpStatus.NO_CONTENT).build());
    }

    private HttpResponse resource(Call call) {
        ObjectNode body = Json.object();
        body.put("resource", doors.origin(call.request().authority()));
        body.putArray("authorization_servers").add(doors.issuer().toString());
        body.putArray("bearer_methods_supported").add("header");
        return Call.json(HttpStatus.OK, body);
    }

    private URI back(Call call) {
        return URI.create(doors.origin(call.request().authority()) + BACK);
    }

    private static ResponseHeadersBuilder headers(HttpStatus status) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(status);
        SecurityHeaders.addTo(headers);
        return headers;
    }
}
