package io.broadcaster.localcloud.sqs.time;

import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's clock and one daemon thread that wakes. A clock set back stands still until it has caught up.
 * Tasks left at close are dropped; a task that throws is logged.
 */
public final class SystemTime implements TimeSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SystemTime.class);

    private final InstantSource clock;
    private final AtomicLong latest = new AtomicLong();
    private final ScheduledThreadPoolExecutor waker;

    public SystemTime(InstantSource clock) {
        this.clock = clock;
        this.waker = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("sqs-time").daemon().factory());
        waker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long millis() {
        long now = clock.millis();
        long seen = latest.get();
        if (now <= seen) {
            return seen;
        }
        latest.compareAndSet(seen, now);
        return now;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // wakes are never cancelled, and run() logs what they throw
    public void wakeAt(long epochMillis, Runnable task) {
        try {
            waker.schedule(() -> run(task), Math.max(0, epochMillis - millis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("A wake after close was dropped");
        }
    }

    @Override
    public void close() {
        waker.shutdownNow();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A wake failed", e);
        }
    }
}
