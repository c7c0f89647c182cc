package io.broadcaster.sender.send;

import io.broadcaster.campaign.Platform;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one provider's connections open and authenticated: warms them until they are, and again when all are
 * gone or would be closed for idleness. One
 * virtual thread of its own; logs each change once.
 */
public final class WarmKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WarmKeeper.class);

    private final Platform platform;
    private final BatchSender sender;
    private final Duration interval;
    private final InstantSource clock;
    private final Runnable changed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean warm;
    private Instant warmUntil = Instant.EPOCH;
    private boolean complained;

    private WarmKeeper(
            Platform platform, BatchSender sender, Duration interval, InstantSource clock, Runnable changed) {
        this.platform = platform;
        this.sender = sender;
        this.interval = interval;
        this.clock = clock;
        this.changed = changed;
        this.thread =
                Thread.ofVirtual().name("warm-keeper-" + platform.wireName()).unstarted(this::keepUntilClosed);
    }

    /** Starts at once; {@code changed} is run when {@link #warm} has changed. */
    public static WarmKeeper start(
            Platform platform, BatchSender sender, Duration interval, InstantSource clock, Runnable changed) {
        var keeper = new WarmKeeper(platform, sender, interval, clock, changed);
        keeper.thread.start();
        return keeper;
    }

    /** Whether the provider would take a burst now. */
    public boolean warm() {
        return warm;
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepUntilClosed() {
        try {
            do {
                if (!warm || sender.connections() == 0 || clock.instant().isAfter(warmUntil)) {
                    Instant began = clock.instant();
                    tell(sender.warm());
                    warmUntil = began.plus(sender.warmthLasts());
                }
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Warmth warmth) {
        switch (warmth) {
            case Warmth.Warm(int connections) -> {
                complained = false;
                if (!warm) {
                    log.atInfo()
                            .addKeyValue("platform", platform.wireName())
                            .addKeyValue("connections", connections)
                            .log("provider connections warm");
                }
                turn(true);
            }
            case Warmth.Cold(String why) -> {
                turn(false);
                if (!complained && closed.getCount() > 0) {
                    complained = true;
                    log.atWarn()
                            .addKeyValue("platform", platform.wireName())
                            .addKeyValue("why", why)
                            .log("provider connections cold, trying again");
                }
            }
        }
    }

    private void turn(boolean now) {
        if (warm != now) {
            warm = now;
            changed.run();
        }
    }
}
