package io.broadcaster.api;

import io.broadcaster.api.meters.ApiMeters;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One virtual thread that does one thing again and again, a pause after each round. A round that fails is counted, logged
 * once per outage, and followed by the next. Closing it lets the round under way end.
 */
final class BackgroundLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);

    private final ApiMeters.Loop name;
    private final Runnable round;
    private final Duration pause;
    private final ApiMeters meters;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private boolean failing;

    private BackgroundLoop(ApiMeters.Loop name, Runnable round, Duration pause, ApiMeters meters) {
        this.name = name;
        this.round = round;
        this.pause = pause;
        this.meters = meters;
        this.thread = Thread.ofVirtual().name("api-" + name).unstarted(this::runUntilClosed);
    }

    static BackgroundLoop start(ApiMeters.Loop name, Duration pause, ApiMeters meters, Runnable round) {
        var loop = new BackgroundLoop(name, round, pause, meters);
        loop.thread.start();
        return loop;
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
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce() {
        try {
            round.run();
            if (failing) {
                failing = false;
                LOG.atInfo().addKeyValue("loop", name).log("background loop works again");
            }
        } catch (RuntimeException e) {
            meters.roundFailed(name);
            if (!failing) {
                failing = true;
                LOG.atWarn().addKeyValue("loop", name).setCause(e).log("background loop fails; it goes on trying");
            }
        }
    }
}
