package io.broadcaster.telemetry;

import io.broadcaster.task.ConsumerStats;
import io.broadcaster.task.QueueConsumer;
import io.broadcaster.task.QueueName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;

/** The names of this module's meters. */
final class TelemetryMeters {
    private TelemetryMeters() {}

    static void ofTimings(MeterRegistry registry, LaunchTimings timings) {
        Gauge.builder("broadcaster.telemetry.launches", timings, LaunchTimings::launchesHeld)
                .description("launches whose figures are in memory")
                .register(registry);
        Gauge.builder("broadcaster.telemetry.launches.max", () -> LaunchTimings.LAUNCHES_MAX)
                .description("bound of broadcaster.telemetry.launches")
                .register(registry);
        FunctionCounter.builder("broadcaster.telemetry.progress.writes", timings, LaunchTimings::writes)
                .description("rows of launch figures written")
                .register(registry);
        FunctionCounter.builder("broadcaster.telemetry.progress.failures", timings, LaunchTimings::writeFailures)
                .description("writes of launch figures that failed and were repeated later")
                .register(registry);
    }

    static Counter failedRounds(MeterRegistry registry, String name) {
        return Counter.builder("broadcaster.rounds.failed")
                .description("rounds of something periodic that ended in an exception and are followed by the next")
                .tag("rounds", name)
                .register(registry);
    }

    static void ofConsumer(MeterRegistry registry, QueueName queue, QueueConsumer consumer) {
        count(registry, queue, consumer, "broadcaster.queue.received", ConsumerStats::received);
        count(registry, queue, consumer, "broadcaster.queue.settled", ConsumerStats::settled);
        count(registry, queue, consumer, "broadcaster.queue.returned", ConsumerStats::returned);
        count(registry, queue, consumer, "broadcaster.queue.leases.lost", ConsumerStats::leasesLost);
        count(registry, queue, consumer, "broadcaster.queue.receive.failures", ConsumerStats::receiveFailures);
        count(registry, queue, consumer, "broadcaster.queue.handler.failures", ConsumerStats::handlerFailures);
        count(registry, queue, consumer, "broadcaster.queue.extend.failures", ConsumerStats::extendFailures);
        count(registry, queue, consumer, "broadcaster.queue.delete.failures", ConsumerStats::deleteFailures);
        Gauge.builder("broadcaster.queue.inflight", consumer, c -> c.stats().inFlight())
                .tag("queue", queue.wireName())
                .register(registry);
        Gauge.builder(
                        "broadcaster.queue.inflight.max",
                        consumer,
                        c -> c.config().inFlightMax())
                .description("bound of broadcaster.queue.inflight")
                .tag("queue", queue.wireName())
                .register(registry);
    }

    private static void count(
            MeterRegistry registry,
            QueueName queue,
            QueueConsumer consumer,
            String name,
            ToLongFunction<ConsumerStats> figure) {
        FunctionCounter.builder(name, consumer, c -> figure.applyAsLong(c.stats()))
                .tag("queue", queue.wireName())
                .register(registry);
    }
}
