package io.broadcaster.api.http;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.config.ConfigException;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** The HTTP server: its routes, its bounds, its errors. Closing it lets requests under way end, for at most 10 s. */
public final class ApiServer implements AutoCloseable {
    private static final long JSON_MAX_BYTES = 256 << 10;
    private static final long EMPTY_MAX_BYTES = 4 << 10;
    /** A token of 8 KiB, a cookie of 4 KiB, and the rest. */
    private static final int HEADERS_MAX_BYTES = 16 << 10;

    private static final int STREAMS_PER_CONNECTION_MAX = 128;
    private static final Duration IDLE_MAX = Duration.ofSeconds(30);
    /** An upload goes on so long after its answer: cut off at once, its client sees a broken stream and no reason. */
    private static final Duration CUT_OFF_AFTER = Duration.ofSeconds(2);

    private static final Duration DRAIN_MAX = Duration.ofSeconds(10);
    private static final Duration STRICT_TRANSPORT = Duration.ofDays(365);

    private final Server server;
    private final Listening config;

    private ApiServer(Server server, Listening config) {
        this.server = server;
        this.config = config;
    }

    /** Where to listen, in the clear or with a certificate; {@code port} 0 takes any free one. */
    public record Listening(String bind, int port, Optional<ServedCertificate> certificate, Bounds bounds) {}

    /** How much at once, and how long a request may take. */
    public record Bounds(int connectionsMax, Room.Bounds requests, Duration requestTimeout) {}

    /** Who is let in, to what, how often, and on which threads. */
    public record Serving(Callers callers, Gate gate, RateLimits limits, Executor threads) {}

    /** Binds and serves. */
    public static ApiServer start(
            Listening config, List<RouteSet> routeSets, Serving serving, MeterRegistry registry, ApiMeters meters) {
        Bounds bounds = config.bounds();
        RouteService.Rooms rooms = rooms(bounds.requests(), meters);
        ServerBuilder builder = Server.builder()
                .disableServerHeader()
                .verboseResponses(false)
                .meterRegistry(registry)
                .maxNumConnections(bounds.connectionsMax())
                .http2MaxStreamsPerConnection(STREAMS_PER_CONNECTION_MAX)
                .idleTimeout(IDLE_MAX)
                .requestTimeout(bounds.requestTimeout())
                .requestAutoAbortDelay(CUT_OFF_AFTER)
                .maxRequestLength(EMPTY_MAX_BYTES)
                .http1MaxHeaderSize(HEADERS_MAX_BYTES)
                .http2MaxHeaderListSize(HEADERS_MAX_BYTES)
                .gracefulShutdownTimeout(Duration.ZERO, DRAIN_MAX)
                .errorHandler(new Errors());
        config.certificate()
                .ifPresentOrElse(
                        certificate -> speakTls(builder, config, certificate, serving.callers()),
                        () -> builder.port(address(config), SessionProtocol.HTTP));
        for (RouteSet set : routeSets) {
            set.routes().forEach(route -> bind(builder, route, new RouteService(route, rooms, serving)));
        }
        Server server = builder.build();
        listen(server, config);
        meters.bound(ApiMeters.Bound.CONNECTIONS, server::numConnections, bounds.connectionsMax());
        return new ApiServer(server, config);
    }

    private static RouteService.Rooms rooms(Room.Bounds requests, ApiMeters meters) {
        int max = requests.max();
        var door = new Semaphore(max);
        var pressDoor = new Semaphore(max);
        var inside = new Room(requests);
        meters.bound(ApiMeters.Bound.DOOR, () -> max - door.availablePermits(), max);
        meters.bound(ApiMeters.Bound.PRESS_DOOR, () -> max - pressDoor.availablePermits(), max);
        meters.bound(ApiMeters.Bound.REQUESTS, inside::taken, max);
        return new RouteService.Rooms(door, pressDoor, inside);
    }

    /** TLS 1.2 and 1.3, HTTP/2 by ALPN. Browsers that know the API by its own name never ask for it in the clear again. */
    private static void speakTls(
            ServerBuilder builder, Listening config, ServedCertificate certificate, Callers callers) {
        builder.port(address(config), SessionProtocol.HTTPS).tlsProvider(certificate.provider());
        if (callers.haveOwnName()) {
            builder.addHeader("strict-transport-security", "max-age=" + STRICT_TRANSPORT.toSeconds());
        }
    }

    private static InetSocketAddress address(Listening config) {
        var address = new InetSocketAddress(config.bind(), config.port());
        if (address.isUnresolved()) {
            throw new ConfigException(
                    List.of("api.bind must be an address of this host, but was '" + config.bind() + "'"));
        }
        return address;
    }

    private static void listen(Server server, Listening config) {
        try {
            server.start().join();
        } catch (CompletionException e) {
            throw new ConfigException(List.of("api.port must be free on " + config.bind() + ", but was '"
                    + config.port() + "': " + e.getCause()));
        }
    }

    /** Where it listens. */
    public URI uri() {
        String host = config.bind();
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return URI.create(
                (config.certificate().isPresent() ? "https://" : "http://") + literal + ":" + server.activeLocalPort());
    }

    @Override
    public void close() {
        server.stop().join();
    }

    private static void bind(ServerBuilder builder, Route route, RouteService service) {
        builder.route()
                .methods(route.method())
                .path(route.path())
                .maxRequestLength(bodyMax(route.body()))
                .build(service);
    }

    /** 0 is no bound of the server's: the handler of a stream has its own. */
    private static long bodyMax(Route.Body body) {
        return switch (body) {
            case JSON -> JSON_MAX_BYTES;
            case STREAMED -> 0;
            case NONE, PRESS, ENDLESS_ANSWER, PUBLIC, PAGE -> EMPTY_MAX_BYTES;
        };
    }
}
