package io.broadcaster.api.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import io.broadcaster.config.AppName;
import io.broadcaster.config.Secret;
import io.broadcaster.identity.SessionEnd;
import io.broadcaster.identity.SessionEndStore;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every way in: access tokens of programs, sessions of browsers, and the sign-in that opens one. Safe for any thread; blocks
 * as the issuer does. Fails with {@link IssuerUnavailableException} only where nothing can be told without the issuer.
 */
public final class Doors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);
    private static final int KEY_BYTES = 32;

    private final IdentityConfig config;
    private final InstantSource clock;
    private final Issuer issuer;
    private final Tokens accessTokens;
    private final EndedSessions ended;
    private final Sessions sessions;
    private final SignIn signIn;

    /** {@code local}: the API serves this machine only. */
    public Doors(IdentityConfig config, boolean local, Shared shared, InstantSource clock, RandomGenerator random) {
        this.config = config;
        this.clock = clock;
        issuer = new Issuer(config.issuer(), local, clock);
        accessTokens = new Tokens(issuer, config, config.audience(), new JOSEObjectType("at+jwt"), clock);
        var idTokens = new Tokens(issuer, config, config.client().id(), JOSEObjectType.JWT, clock);
        var seal = new Seal(config.app(), keys(config, random), random);
        var from = new SignIn.Randomness(clock, random);
        ended = new EndedSessions(shared.sessionEnds(), clock);
        sessions = new Sessions(seal, config.sessions(), shared.armed(), ended, from);
        signIn = new SignIn(issuer, idTokens, config, seal, from);
    }

    /** How long a session that was ended in one process may go on in another. */
    public static final Duration REFRESH_EVERY = Duration.ofSeconds(5);

    public static final int KNOWN_TOKENS_MAX = VerifiedTokens.MAX;

    /** What all processes have in common. {@code armed}: whether any campaign is, asked rarely. */
    public record Shared(BooleanSupplier armed, SessionEndStore sessionEnds) {}

    /** How long a sign-in may take. */
    public static final Duration SIGN_IN_MAX = SignIn.WAY_MAX;

    /** A sign-in under way: where the browser goes, and what it keeps until it is back. */
    public record Begun(URI at, String kept) {}

    /** Somebody is in; {@code to} is a path of ours. */
    public record SignedIn(Caller caller, String to) {}

    /** A session that holds, and the value that the browser keeps from now on where it changes. */
    public record Session(Caller caller, Optional<String> renewed) {}

    /** The app that people come to. */
    public AppName app() {
        return config.app();
    }

    /** Whose word is taken. */
    public URI issuer() {
        return config.issuer();
    }

    public String audience() {
        return config.audience();
    }

    /** The API's host name, if it has another than those of loopback. */
    public Optional<String> publicHost() {
        return config.publicUri().map(URI::getHost).filter(host -> !IdentityConfig.isLoopback(host));
    }

    /** Where browsers reach us, such as {@code https://push.example}; {@code authority} is the name that this one used. */
    public String origin(@Nullable String authority) {
        return config.publicUri().map(URI::toString).orElseGet(() -> config.scheme() + "://" + authority);
    }

    /** Who bears this access token, if it was verified a moment ago; empty says nothing. Never blocks. */
    public Optional<Caller> known(String token) {
        return accessTokens.known(token).flatMap(this::caller);
    }

    /** Who bears this access token; empty when it does not hold. */
    public Optional<Caller> bearer(String token) {
        return accessTokens.claims(token).flatMap(this::caller);
    }

    /** Nobody, where the token was issued before the person's sessions were ended. */
    private Optional<Caller> caller(JWTClaimsSet claims) {
        return accessTokens.caller(claims).filter(caller -> !ended.isEnded(caller));
    }

    /** Whether what proved the caller's name holds still: it has neither run out nor been ended. Never blocks. */
    public boolean holds(Caller caller) {
        return clock.instant().isBefore(caller.until()) && !ended.isEnded(caller);
    }

    /** Access tokens that are known to hold, at most {@link #KNOWN_TOKENS_MAX}. */
    public int knownTokens() {
        return accessTokens.countOfKnown();
    }

    /** Whose session a cookie's value is; empty when it is none or has ended. */
    public Optional<Session> session(String value) {
        return sessions.read(value);
    }

    /** A session for somebody who has just signed in, as a cookie's value. */
    public String open(Caller caller) {
        return sessions.open(caller);
    }

    /** Ends the session in a cookie's value, so that no copy of the cookie holds; StoreException. */
    public void signOut(String value) {
        sessions.end(value);
    }

    /** Ends every session of somebody that has begun, and every access token that was issued, until then; StoreException. */
    public void end(SessionEnd end) {
        ended.end(end);
    }

    /** Takes over which sessions other processes ended; StoreException. */
    public void refresh() {
        ended.refresh();
    }

    /** Starts a sign-in. */
    public Begun begin(String to, URI back) {
        return signIn.begin(to, back);
    }

    /** Ends a sign-in; empty when anything in it does not hold. */
    public Optional<SignedIn> end(String code, String state, String kept, URI back) {
        return signIn.end(code, state, kept, back);
    }

    private static List<Secret> keys(IdentityConfig config, RandomGenerator random) {
        if (!config.sessions().keys().isEmpty()) {
            return config.sessions().keys();
        }
        LOG.warn("api.session-key is not set: sessions hold for this process only");
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return List.of(Secret.of(HexFormat.of().formatHex(bytes)));
    }

    @Override
    public void close() {
        issuer.close();
    }
}
