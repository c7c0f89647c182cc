package io.broadcaster.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.delivery.WorkerVitals;
import io.broadcaster.testkit.Await;
import io.broadcaster.testkit.FakeWorkerRegistry;
import io.broadcaster.testkit.FakeWorkerRegistry.Call;
import io.broadcaster.testkit.Fixtures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final Duration OFFSET = Duration.ofMillis(-300);

    private final FakeWorkerRegistry registry = new FakeWorkerRegistry();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger inFlight = new AtomicInteger();

    @Test
    void start_firstBeat_comesAtOnce() {
        try (Heartbeat _ = start(Duration.ofHours(1))) {
            Await.until("the worker is known", () -> registry.all().size() == 1);
        }
    }

    @Test
    void beat_ofAnyRole_tellsOfItsProcess() {
        try (Heartbeat _ = start(Duration.ofHours(1))) {
            Await.until("the worker is known", () -> registry.all().size() == 1);

            WorkerVitals told = registry.all().getFirst().vitals();
            assertThat(told.heapBytes()).isPositive().isLessThanOrEqualTo(told.heapMaxBytes());
            assertThat(told.cpuShare()).isBetween(0.0, 1.0);
            assertThat(told.clockOffset()).contains(OFFSET);
        }
    }

    @Test
    void now_somethingChanged_isToldBeforeTheInterval() {
        try (Heartbeat heartbeat = start(Duration.ofHours(1))) {
            Await.until("the worker is known", () -> registry.all().size() == 1);

            inFlight.set(7);
            heartbeat.now();

            Await.until("the change is known", () -> registry.all().getFirst().inFlight() == 7);
        }
    }

    @Test
    void beat_registryFails_countedAndRepeated() {
        registry.failCalls(Call.HEARTBEAT, 3);
        try (Heartbeat _ = start(Duration.ofMillis(2))) {
            Await.until("the worker is known", () -> registry.all().size() == 1);

            assertThat(meters.get("broadcaster.rounds.failed")
                            .tag("rounds", "heartbeat")
                            .counter()
                            .count())
                    .isEqualTo(3);
        }
    }

    @Test
    void close_worker_leaves() {
        Heartbeat heartbeat = start(Duration.ofMillis(2));
        Await.until("the worker is known", () -> registry.all().size() == 1);

        heartbeat.close();

        assertThat(registry.all()).isEmpty();
    }

    private Heartbeat start(Duration interval) {
        return Heartbeat.start(registry, meters, this::status, new ProcessVitals(() -> Optional.of(OFFSET)), interval);
    }

    private WorkerStatus status() {
        return new WorkerStatus(
                "fanout-1",
                WorkerRole.FANOUT,
                "dev",
                Fixtures.NOW,
                Fixtures.NOW,
                List.of(),
                0,
                inFlight.get(),
                WorkerVitals.UNKNOWN);
    }
}
