package io.broadcaster.localcloud.sqs;

import io.broadcaster.localcloud.loopback.LoopbackServer;
import io.broadcaster.localcloud.loopback.LoopbackServer.Listening;
import io.broadcaster.localcloud.sqs.http.SqsService;
import io.broadcaster.localcloud.sqs.queue.MoveTasks;
import io.broadcaster.localcloud.sqs.queue.QueueRegistry;
import io.broadcaster.localcloud.sqs.time.TimeSource;
import java.net.URI;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * SQS FIFO for the real SDK, in memory, on a loopback port. Nothing blocks: event loops read, decide and write.
 * Bounds are in {@link SqsConfig}. A failed start throws.
 */
public final class SqsServer implements AutoCloseable {
    private final QueueRegistry registry;
    private final LoopbackServer server;

    private SqsServer(QueueRegistry registry, LoopbackServer server) {
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
        var listening = new Listening("sqs", config.port(), config.eventLoops(), config.requestBytesMax());
        return new SqsServer(
                registry, LoopbackServer.start(listening, new SqsService(registry, moveTasks, config.account())));
    }

    public URI endpoint() {
        return server.endpoint();
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
        server.close();
    }
}
