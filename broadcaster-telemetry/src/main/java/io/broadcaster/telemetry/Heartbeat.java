package io.broadcaster.telemetry;

import io.broadcaster.delivery.WorkerRegistry;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerVitals;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the registry at each interval, and at {@link #now} when something has changed, how this worker and its process are;
 * on close the worker leaves. One virtual thread of its own; a failed beat is counted, logged once per outage and repeated.
 */
public final class Heartbeat implements AutoCloseable, MeterBinder {
    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private final WorkerRegistry registry;
    private final Supplier<WorkerStatus> status;
    private final Supplier<WorkerVitals> vitals;
    private final Duration interval;
    private final Semaphore wakeUps = new Semaphore(0);
    private final ReentrantLock beating = new ReentrantLock();
    private final AtomicLong beats = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;
    private boolean failing;

    private Heartbeat(
            WorkerRegistry registry, Supplier<WorkerStatus> status, Supplier<WorkerVitals> vitals, Duration interval) {
        this.registry = registry;
        this.status = status;
        this.vitals = vitals;
        this.interval = interval;
        this.thread = Thread.ofVirtual().name("heartbeat").unstarted(this::beatUntilClosed);
    }

    /** The first beat is sent at once, on the heartbeat's own thread; each tells the status with these vitals. */
    public static Heartbeat start(
            WorkerRegistry registry, Supplier<WorkerStatus> status, Supplier<WorkerVitals> vitals, Duration interval) {
        var heartbeat = new Heartbeat(registry, status, vitals, interval);
        heartbeat.thread.start();
        return heartbeat;
    }

    /** Something worth telling has changed: beat without waiting for the interval. Never blocks. */
    public void now() {
        wakeUps.release();
    }

    /** Beats that reached the registry. */
    public long beats() {
        return beats.get();
    }

    /** Beats that failed. */
    public long failures() {
        return failures.get();
    }

    /** Registers {@link TelemetryMeters}' view of this. */
    @Override
    public void bindTo(MeterRegistry meters) {
        TelemetryMeters.ofHeartbeat(meters, this);
    }

    /** Stops beating and leaves the registry; a registry that cannot be told ages the worker out by itself. */
    @Override
    public void close() {
        closed = true;
        wakeUps.release();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            registry.leave(status.get().worker());
        } catch (RuntimeException e) {
            failures.incrementAndGet();
            log.atWarn().setCause(e).log("the worker registry could not be told that this worker leaves");
        }
    }

    private void beatUntilClosed() {
        try {
            while (!closed) {
                beat();
                var _ = wakeUps.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        beating.lock();
        try {
            registry.heartbeat(status.get().with(vitals.get()));
            beats.incrementAndGet();
            if (failing) {
                failing = false;
                log.info("heartbeats reach the worker registry again");
            }
        } catch (RuntimeException e) {
            failures.incrementAndGet();
            if (!failing) {
                failing = true;
                log.atWarn().setCause(e).log("heartbeats do not reach the worker registry");
            }
        } finally {
            beating.unlock();
        }
    }
}
