package io.broadcaster.localcloud.sqs;

import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.Server;
import io.broadcaster.localcloud.sqs.http.SqsService;
import io.broadcaster.localcloud.sqs.queue.MoveTasks;
import io.broadcaster.localcloud.sqs.queue.QueueRegistry;
import io.broadcaster.localcloud.sqs.time.TimeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * SQS FIFO for the real SDK, in memory, on a loopback port. Nothing blocks: event loops read, decide and write.
 * Bounds are in {@link SqsConfig}. A failed start throws.
 */
public final class SqsServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    /** Longer than the SDK keeps an idle connection (60 s), so that the client is the one who closes. */
    private static final Duration IDLE_LENGTH = Duration.ofSeconds(90);

    private final QueueRegistry registry;
    private final Server server;

    private SqsServer(QueueRegistry registry, Server server) {
        this.registry = registry;
        this.server = server;
    }

    /** Starts with time and randomness from outside; the caller closes a time source that needs closing. */
    public static SqsServer start(SqsConfig config, TimeSource time, SplittableGenerator random) {
        QueueRegistry registry = new QueueRegistry(
                "arn:aws:sqs:" + config.region() + ":" + config.account() + ":",
                time,
                random,
                config.queueLimits(),
                config.queuesMax());
        MoveTasks moveTasks = new MoveTasks(registry, time, random.split());
        PromptEventLoops loops = new PromptEventLoops(config.eventLoops(), "sqs");
        Server server = Server.builder()
                .http(new InetSocketAddress(loopback(), config.port()))
                .workerGroup(loops, true)
                .bossGroupFactory(port -> new PromptEventLoops(1, "sqs-accept"))
                .maxRequestLength(config.requestBytesMax())
                .requestTimeout(Duration.ZERO)
                .idleTimeout(IDLE_LENGTH)
                .meterRegistry(NoopMeterRegistry.get())
                .disableServerHeader()
                .disableDateHeader()
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
                .serviceUnder("/", new SqsService(registry, moveTasks, config.account()))
                .build();
        try {
            server.start().join();
        } catch (CompletionException e) {
            loops.shutdownGracefully().syncUninterruptibly();
            throw e;
        }
        return new SqsServer(registry, server);
    }

    public URI endpoint() {
        return URI.create("http://" + HOST + ":" + server.activeLocalPort());
    }

    /** Receives that wait now, in all queues. */
    int waiters() {
        return registry.list("").stream()
                .mapToInt(registered -> registered.queue().counts().waiters())
                .sum();
    }

    /** Waiting receives are answered, then the port closes. */
    @Override
    public void close() {
        registry.close();
        server.stop().join();
    }

    private static InetAddress loopback() {
        return InetAddress.ofLiteral(HOST);
    }
}
