package io.broadcaster.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

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

    static void ofHeartbeat(MeterRegistry registry, Heartbeat heartbeat) {
        FunctionCounter.builder("broadcaster.telemetry.heartbeat.beats", heartbeat, Heartbeat::beats)
                .description("heartbeats that reached the registry")
                .register(registry);
        FunctionCounter.builder("broadcaster.telemetry.heartbeat.failures", heartbeat, Heartbeat::failures)
                .description("heartbeats that did not")
                .register(registry);
    }
}
