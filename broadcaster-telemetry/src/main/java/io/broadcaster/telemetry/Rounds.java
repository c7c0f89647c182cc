package io.broadcaster.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One virtual thread that does one thing again and again, at once and then after each pause. A round that fails is counted,
 * logged once per outage, and followed by the next. Closing lets the round under way end.
 */
public final class Rounds implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private final String name;
    private final Duration pause;
    private final Counter failures;
    private final Runnable round;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private boolean failing;

    private Rounds(String name, Duration pause, Counter failures, Runnable round) {
        this.name = name;
        this.pause = pause;
        this.failures = failures;
        this.round = round;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::runUntilClosed);
    }

    /** Starts the first round; the registry counts, by {@code name}, every one that ends in an exception. */
    public static Rounds start(String name, Duration pause, MeterRegistry registry, Runnable round) {
        var rounds = new Rounds(name, pause, TelemetryMeters.failedRounds(registry, name), round);
        rounds.thread.start();
        return rounds;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runUntilClosed() {
        try {
            do {
                runOnce();
            } while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce() {
        try {
            round.run();
            if (failing) {
                failing = false;
                log.atInfo().addKeyValue("rounds", name).log("works again");
            }
        } catch (RuntimeException e) {
            failures.increment();
            if (!failing) {
                failing = true;
                log.atWarn().addKeyValue("rounds", name).setCause(e).log("fails; it is tried again and again");
            }
        }
    }
}
