package io.broadcaster.fanout;

import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerVitals;
import io.broadcaster.fanout.enqueue.BatchEnqueuer;
import io.broadcaster.fanout.receive.SliceHandler;
import io.broadcaster.fanout.settle.SliceSettlement;
import io.broadcaster.task.ConsumerStats;
import io.broadcaster.task.QueueConsumer;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.telemetry.ConsumerTelemetry;
import io.broadcaster.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A running fan-out worker. {@link #close} drains: no more receives, slices in flight finish within {@code
 * fanout.drain-time}, the others are given back; then what stands around it closes in the order given.
 */
public final class FanoutProcess implements AutoCloseable {
    private final QueueConsumer consumer;
    private final List<AutoCloseable> surroundings = new ArrayList<>();

    private FanoutProcess(QueueConsumer consumer) {
        this.consumer = consumer;
    }

    /** The queues of both tiers. */
    record Queues(TaskQueue slices, Map<Platform, TaskQueue> batches) {
        /** Looks every queue up, so that a missing one stops the start and the first slice finds open connections. */
        void open() {
            var _ = slices.depth();
            batches.values().forEach(TaskQueue::depth);
        }
    }

    /** Time and chance. */
    record World(InstantSource clock, RandomGenerator random) {}

    /** The pipeline, read from the bottom: a slice is received, handled, its batches enqueued, its message settled. */
    static FanoutProcess start(
            FanoutConfig config, Queues queues, FanoutMeters meters, World world, MeterRegistry registry) {
        var enqueuer = BatchEnqueuer.to(
                queues.batches(),
                config.enqueue(),
                new BatchEnqueuer.Surroundings(world.clock(), world.random(), meters));
        var settlement = new SliceSettlement(meters, world.clock());
        var handler = new SliceHandler(enqueuer, settlement, world.clock());
        var telemetry = new ConsumerTelemetry(QueueName.SLICES);
        var consumer = new QueueConsumer(queues.slices(), config.consumer(), world.clock(), world.random(), telemetry);
        telemetry.bind(registry, consumer);
        consumer.start(handler);
        return new FanoutProcess(consumer);
    }

    /** Hands over what shall close after the drain, first given first closed. */
    FanoutProcess closing(AutoCloseable... more) {
        surroundings.addAll(List.of(more));
        return this;
    }

    /** The receive loop's figures. */
    public ConsumerStats stats() {
        return consumer.stats();
    }

    /** How this worker is, for its heartbeat. */
    WorkerStatus status(Telemetry telemetry, InstantSource clock) {
        return new WorkerStatus(
                telemetry.worker(),
                telemetry.role(),
                telemetry.version(),
                telemetry.startedAt(),
                clock.instant(),
                List.of(),
                0,
                stats().inFlight(),
                WorkerVitals.UNKNOWN);
    }

    @Override
    public void close() {
        consumer.close();
        closeAll(surroundings);
        surroundings.clear();
    }

    /** Closes every one, whatever the others do; then fails with all that failed. */
    static void closeAll(List<AutoCloseable> each) {
        var failures = new ArrayList<Exception>();
        for (AutoCloseable one : each) {
            try {
                one.close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            var failure = new IllegalStateException("the fan-out worker did not close cleanly", failures.getFirst());
            failures.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
