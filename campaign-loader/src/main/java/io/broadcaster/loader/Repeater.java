package io.broadcaster.loader;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing again and again on a virtual thread of its own until closed; closing waits for a running turn. A turn that
 * fails is counted, logged and repeated at the next interval.
 */
final class Repeater implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Repeater.class);

    private final String name;
    private final Duration interval;
    private final Runnable turn;
    private final Counter failures;
    private final Semaphore closing = new Semaphore(0);
    private final Thread thread;

    private Repeater(String name, Duration interval, Runnable turn, Counter failures) {
        this.name = name;
        this.interval = interval;
        this.turn = turn;
        this.failures = failures;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Starts; the first turn is after one interval. */
    static Repeater start(String name, Duration interval, Counter failures, Runnable turn) {
        var repeater = new Repeater(name, interval, turn, failures);
        repeater.thread.start();
        return repeater;
    }

    @Override
    public void close() {
        closing.release();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                turnOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turnOnce() {
        try {
            turn.run();
        } catch (RuntimeException e) {
            failures.increment();
            log.atWarn().setCause(e).addKeyValue("what", name).log("a repeated step failed; it is tried again");
        }
    }
}
