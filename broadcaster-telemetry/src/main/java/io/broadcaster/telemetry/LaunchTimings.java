package io.broadcaster.telemetry;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.ProgressStore;
import io.broadcaster.delivery.Stage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This worker's live figures of every launch it works on: outcomes and, per stage, a histogram of microseconds since the
 * press. Any thread records, without blocking on I/O; one thread writes what has changed at each interval, cumulatively,
 * so that a failed write is made good by the next. Holds at most {@link #LAUNCHES_MAX} launches, the idle ones go first.
 */
public final class LaunchTimings implements LaunchRecorder, AutoCloseable, MeterBinder {
    /** Most launches with figures in memory; a further one drops the one that was idle longest. */
    public static final int LAUNCHES_MAX = 8;

    /** A launch without a new figure for so long is dropped from memory; its rows stay in the store. */
    public static final Duration IDLE_MAX = Duration.ofMinutes(15);

    private static final Logger log = LoggerFactory.getLogger(LaunchTimings.class);

    private final ProgressStore store;
    private final String worker;
    private final InstantSource clock;
    private final Duration flushInterval;
    private final Map<LaunchId, LaunchFigures> launches = new ConcurrentHashMap<>();
    private final ReentrantLock flushing = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong openings = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong writeFailures = new AtomicLong();
    private final Thread flusher;
    private boolean failing;

    /** Starts writing at once, every {@code flushInterval}. */
    @SuppressWarnings("ThisEscape") // the thread reads only fields set before it starts
    public LaunchTimings(ProgressStore store, String worker, InstantSource clock, Duration flushInterval) {
        this.store = store;
        this.worker = worker;
        this.clock = clock;
        this.flushInterval = flushInterval;
        this.flusher = Thread.ofVirtual().name("launch-timings-" + worker).start(this::flushUntilClosed);
    }

    /** A stage was reached so many microseconds after the press; negative counts as 0, more than an hour as an hour. */
    public void record(LaunchId launch, Stage stage, long micros) {
        record(launch, stage, micros, 1);
    }

    /** The same for so many at once. */
    @Override
    public void record(LaunchId launch, Stage stage, long micros, int times) {
        figures(launch).record(stage, micros, times);
    }

    /** Devices got their outcome. */
    @Override
    public void count(LaunchId launch, Platform platform, OutcomeCode code, long devices) {
        figures(launch).count(platform, code, devices);
    }

    /** Writes what has changed since the last write; a failure is counted and repeated by the next flush. */
    public void flush() {
        flushing.lock();
        try {
            Instant now = clock.instant();
            launches.values().forEach(figures -> write(figures, now));
            launches.values().removeIf(figures -> figures.idle(now, IDLE_MAX));
        } finally {
            flushing.unlock();
        }
    }

    /** Rows written so far. */
    public long writes() {
        return writes.get();
    }

    /** Writes that failed so far. */
    public long writeFailures() {
        return writeFailures.get();
    }

    /** Registers {@link TelemetryMeters}' view of this. */
    @Override
    public void bindTo(MeterRegistry registry) {
        TelemetryMeters.ofTimings(registry, this);
    }

    /** Stops the thread and writes one last time. */
    @Override
    public void close() {
        closed.countDown();
        try {
            flusher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        flush();
    }

    int launchesHeld() {
        return launches.size();
    }

    private LaunchFigures figures(LaunchId launch) {
        LaunchFigures known = launches.get(launch);
        return known != null ? known : open(launch);
    }

    private LaunchFigures open(LaunchId launch) {
        flushing.lock();
        try {
            LaunchFigures known = launches.get(launch);
            if (known != null) {
                return known;
            }
            Instant now = clock.instant();
            if (launches.size() >= LAUNCHES_MAX) {
                dropIdlest(now);
            }
            var opened = new LaunchFigures(launch, rowOwner(now), now);
            launches.put(launch, opened);
            return opened;
        } finally {
            flushing.unlock();
        }
    }

    /** Another name at each opening: figures that start from zero again must not replace the row written before. */
    private String rowOwner(Instant now) {
        return worker + "~" + Long.toString(now.toEpochMilli(), 36) + "." + openings.incrementAndGet();
    }

    private void dropIdlest(Instant now) {
        launches.values().stream()
                .min((a, b) -> a.changedAt().compareTo(b.changedAt()))
                .ifPresent(idlest -> {
                    write(idlest, now);
                    launches.remove(idlest.launch());
                });
    }

    private void write(LaunchFigures figures, Instant now) {
        if (!figures.takeChanged(now)) {
            return;
        }
        try {
            store.write(figures.progress(now));
            writes.incrementAndGet();
            if (failing) {
                failing = false;
                log.info("launch figures are being written again");
            }
        } catch (RuntimeException e) {
            figures.keepChanged();
            writeFailures.incrementAndGet();
            if (!failing) {
                failing = true;
                log.atWarn().setCause(e).log("launch figures cannot be written; the next flush repeats them");
            }
        }
    }

    private void flushUntilClosed() {
        try {
            while (!closed.await(flushInterval.toMillis(), TimeUnit.MILLISECONDS)) {
                flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
