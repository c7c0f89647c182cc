package io.broadcaster.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One virtual thread that does one thing again and again, at once and then after each pause, or sooner when asked to. A round
 * that fails is counted, logged once per outage, and followed by the next.
 */
public final class Rounds implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private final String name;
    private final Duration pause;
    private final Counter failures;
    private final Runnable round;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
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

    /** The next round shall begin without waiting for the pause to end. Never blocks. */
    public void now() {
        wakeUps.release();
    }

    /** Lets the round under way end. */
    @Override
    public void close() {
        closed = true;
        wakeUps.release();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Interrupts the round under way, and waits until it has ended. */
    public void closeNow() {
        closed = true;
        thread.interrupt();
        close();
    }

    private void runUntilClosed() {
        try {
            do {
                runOnce();
                var _ = wakeUps.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
                wakeUps.drainPermits();
            } while (!closed);
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
