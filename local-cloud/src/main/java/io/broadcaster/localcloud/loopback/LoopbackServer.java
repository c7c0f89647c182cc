package io.broadcaster.localcloud.loopback;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** One HTTP service on a loopback port, on event loops of its own. A failed start throws. Safe for any thread. */
public final class LoopbackServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    /** Longer than the SDK keeps an idle connection (60 s), so that the client is the one who closes. */
    private static final Duration IDLE_LENGTH = Duration.ofSeconds(90);

    private final Server server;

    private LoopbackServer(Server server) {
        this.server = server;
    }

    /**
     * Where and with what a server listens.
     *
     * @param name of its threads
     * @param port 0 takes any free one
     */
    public record Listening(String name, int port, int eventLoops, long requestBytesMax) {}

    /** Returns when it answers. */
    public static LoopbackServer start(Listening listening, HttpService service) {
        PromptEventLoops loops = new PromptEventLoops(listening.eventLoops(), listening.name());
        Server server = Server.builder()
                .http(new InetSocketAddress(InetAddress.ofLiteral(HOST), listening.port()))
                .workerGroup(loops, true)
                .bossGroupFactory(port -> new PromptEventLoops(1, listening.name() + "-accept"))
                .maxRequestLength(listening.requestBytesMax())
                .requestTimeout(Duration.ZERO)
                .idleTimeout(IDLE_LENGTH)
                .meterRegistry(new CompositeMeterRegistry())
                .disableServerHeader()
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
                .serviceUnder("/", service)
                .build();
        try {
            server.start().join();
        } catch (CompletionException e) {
            loops.shutdownGracefully().syncUninterruptibly();
            throw e;
        }
        return new LoopbackServer(server);
    }

    public URI endpoint() {
        return URI.create("http://" + HOST + ":" + server.activeLocalPort());
    }

    @Override
    public void close() {
        server.stop().join();
    }
}
