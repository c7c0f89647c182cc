package io.broadcaster.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.testkit.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger rounds = new AtomicInteger();

    @Test
    void start_firstRound_comesAtOnce() {
        try (var _ = Rounds.start("look", Duration.ofHours(1), registry, rounds::incrementAndGet)) {
            Await.until("a round was done", () -> rounds.get() == 1);
        }
    }

    @Test
    void round_fails_isCountedAndFollowedByTheNext() {
        Runnable failingTwice = () -> {
            if (rounds.incrementAndGet() <= 2) {
                throw new IllegalStateException("out of order");
            }
        };
        try (var _ = Rounds.start("look", Duration.ofMillis(1), registry, failingTwice)) {
            Await.until("a round after the failures was done", () -> rounds.get() >= 3);
        }

        assertThat(registry.get("broadcaster.rounds.failed")
                        .tag("rounds", "look")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void now_longPause_beginsTheNextRoundAtOnce() {
        try (var looking = Rounds.start("look", Duration.ofHours(1), registry, rounds::incrementAndGet)) {
            Await.until("a round was done", () -> rounds.get() == 1);

            looking.now();

            Await.until("another was done", () -> rounds.get() == 2);
        }
    }

    @Test
    void closeNow_roundUnderWay_isInterrupted() {
        var begun = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var looking = Rounds.start("look", Duration.ofHours(1), registry, () -> {
            begun.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                rounds.incrementAndGet();
            }
        });
        Await.until("the round has begun", () -> begun.getCount() == 0);

        looking.closeNow();

        assertThat(rounds).hasValue(1);
    }

    @Test
    void close_roundUnderWay_waitsForItsEnd() {
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var looking = Rounds.start("look", Duration.ofNanos(1), registry, () -> {
            begun.countDown();
            Await.until("the round may end", () -> mayEnd.getCount() == 0);
            rounds.incrementAndGet();
        });
        Await.until("the round has begun", () -> begun.getCount() == 0);

        Thread closing = Thread.ofVirtual().start(looking::close);
        mayEnd.countDown();
        Await.until("it is closed", () -> !closing.isAlive());

        assertThat(rounds).hasPositiveValue();
    }
}
