package io.broadcaster.localcloud.issuer;

import io.broadcaster.localcloud.loopback.LoopbackServer;
import io.broadcaster.localcloud.loopback.LoopbackServer.Listening;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/**
 * A small OpenID Connect provider that believes everybody: discovery, keys, a page to choose a name, tokens by code with
 * PKCE, and a grant of its own for programs. It listens on loopback only and has no switch to change that; its key lives as
 * long as it does. Any thread may call. A failed start throws.
 */
public final class LocalIssuer implements AutoCloseable {
    /** The audience of access tokens. */
    public static final String AUDIENCE = "broadcaster-api";

    /** The client that people sign in through. */
    public static final String CLIENT = "broadcaster-console";

    /** The grant by which a program on this machine takes a user's access token: no browser, no password, no proof. */
    public static final String LOCAL_GRANT = "urn:broadcaster:grant-type:local-user";

    private static final long REQUEST_BYTES_MAX = 16L << 10;

    private final LoopbackServer server;

    private LocalIssuer(LoopbackServer server) {
        this.server = server;
    }

    /** Starts on the loopback interface; port 0 takes any free one. {@code random} must be a secure one. */
    public static LocalIssuer start(int port, LocalUsers users, InstantSource clock, RandomGenerator random) {
        var itself = new AtomicReference<URI>(URI.create("http://127.0.0.1:0"));
        var tokens = new LocalTokens(users, itself::get, clock);
        var service = new IssuerService(users, tokens, new Codes(clock, random), itself::get);
        LoopbackServer server = LoopbackServer.start(new Listening("issuer", port, 1, REQUEST_BYTES_MAX), service);
        itself.set(server.endpoint());
        return new LocalIssuer(server);
    }

    /** Its name and address, such as {@code http://127.0.0.1:9400}. */
    public URI uri() {
        return server.endpoint();
    }

    /** The settings under which an API takes this issuer's tokens. */
    public Map<String, String> settings() {
        return Map.of("api.issuer", uri().toString(), "api.audience", AUDIENCE, "api.client-id", CLIENT);
    }

    @Override
    public void close() {
        server.close();
    }
}
