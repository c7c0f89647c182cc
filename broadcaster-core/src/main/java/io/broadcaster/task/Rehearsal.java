package io.broadcaster.task;

import io.broadcaster.task.TaskQueue.Outgoing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Works through messages that mean nothing, on a queue that is nobody else's, before a worker says that it is ready: a cold JVM
 * takes many times as long for the first launch as a warm one. Bounds: the messages, and {@code timeMax}, after which the
 * worker goes on as warm as it is. Called once by the thread that starts the worker.
 */
public final class Rehearsal {
    /** Handled without a lease that anybody else could want. */
    private static final Duration VISIBILITY = Duration.ofMinutes(5);

    private static final int IN_FLIGHT_MAX = 256;

    private final TaskQueue queue;
    private final Duration timeMax;
    private final InstantSource clock;
    private final RandomGenerator random;

    public Rehearsal(TaskQueue queue, Duration timeMax, InstantSource clock, RandomGenerator random) {
        this.queue = queue;
        this.timeMax = timeMax;
        this.clock = clock;
        this.random = random;
    }

    /** Sends the messages in calls of ten, receives, handles and deletes them; whether all were handled in time. */
    public boolean run(List<Outgoing> messages, MessageHandler handler) throws InterruptedException {
        var open = new CountDownLatch(messages.size());
        var config = new ConsumerConfig(4, IN_FLIGHT_MAX, Duration.ofSeconds(1), VISIBILITY, Duration.ofSeconds(1));
        try (var consumer = new QueueConsumer(queue, config, clock, random, (_, _) -> {})) {
            consumer.start((message, lease) -> {
                try {
                    return handler.handle(message, lease);
                } finally {
                    open.countDown();
                }
            });
            for (int from = 0; from < messages.size(); from += TaskQueue.CALL_MAX) {
                var _ = queue.send(messages.subList(from, Math.min(messages.size(), from + TaskQueue.CALL_MAX)));
            }
            return open.await(timeMax.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
