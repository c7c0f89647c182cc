package io.broadcaster.loadtest.simulate;

import io.broadcaster.campaign.Platform;
import io.broadcaster.fanout.Silence;
import io.broadcaster.fanout.enqueue.BatchEnqueuer;
import io.broadcaster.fanout.receive.SliceHandler;
import io.broadcaster.fanout.settle.SliceSettlement;
import io.broadcaster.task.ConsumerConfig;
import io.broadcaster.task.QueueConsumer;
import io.broadcaster.testkit.simulation.SimulatedProcess;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fan-out worker: the parts of {@code FanoutProcess} in one simulated process. */
final class FanoutNode {
    private static final ConsumerConfig CONSUMER =
            new ConsumerConfig(2, 32, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(20));
    private static final BatchEnqueuer.Limits LIMITS = new BatchEnqueuer.Limits(64, Duration.ofMinutes(1));

    private final SimulatedProcess process;
    private final Services services;
    private @Nullable QueueConsumer consumer;

    FanoutNode(SimulatedProcess process, Services services) {
        this.process = process;
        this.services = services;
    }

    void start() {
        process.start("main", this::wire);
    }

    SimulatedProcess process() {
        return process;
    }

    private void wire() {
        var queues = Map.of(
                Platform.IOS, services.batches(Platform.IOS).from(process),
                Platform.ANDROID, services.batches(Platform.ANDROID).from(process));
        var enqueuer = BatchEnqueuer.to(
                queues, LIMITS, new BatchEnqueuer.Surroundings(process.clock(), process.random(), Silence.INSTANCE));
        var handler =
                new SliceHandler(enqueuer, new SliceSettlement(Silence.INSTANCE, process.clock()), process.clock());
        var started = new QueueConsumer(
                services.slices.from(process), CONSUMER, process.clock(), process.random(), (_, _) -> {});
        consumer = started;
        started.start(handler);
    }

    /** SIGTERM: drains and ends. */
    void drain() {
        QueueConsumer started = consumer;
        process.start("drain", () -> {
            if (started != null) {
                started.close();
            }
            process.kill();
        });
    }
}
