package io.broadcaster.sender.send;

import io.broadcaster.campaign.Platform;
import io.broadcaster.telemetry.Rounds;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one provider's connections open and authenticated: warms them until they are, and again when all are gone or would
 * be closed for idleness. {@link Rounds} of its own; logs each change once.
 */
public final class WarmKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WarmKeeper.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Platform platform;
    private final BatchSender sender;
    private final InstantSource clock;
    private final Runnable changed;
    private final Rounds rounds;
    private volatile boolean warm;
    private Instant warmUntil = Instant.EPOCH;
    private boolean complained;

    private WarmKeeper(
            Platform platform, BatchSender sender, InstantSource clock, MeterRegistry registry, Runnable changed) {
        this.platform = platform;
        this.sender = sender;
        this.clock = clock;
        this.changed = changed;
        this.rounds = Rounds.start("warm-keeper-" + platform.wireName(), INTERVAL, registry, this::keepWarm);
    }

    /** Starts at once; {@code changed} is run when {@link #warm} has changed. */
    public static WarmKeeper start(
            Platform platform, BatchSender sender, InstantSource clock, MeterRegistry registry, Runnable changed) {
        return new WarmKeeper(platform, sender, clock, registry, changed);
    }

    /** Whether the provider would take a burst now. */
    public boolean warm() {
        return warm;
    }

    @Override
    public void close() {
        rounds.closeNow();
    }

    private void keepWarm() {
        if (!warm || sender.connections() == 0 || clock.instant().isAfter(warmUntil)) {
            Instant began = clock.instant();
            try {
                tell(sender.warm());
            } catch (RuntimeException e) {
                turn(false);
                throw e;
            }
            warmUntil = began.plus(sender.warmthLasts());
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
                if (!complained && !Thread.currentThread().isInterrupted()) {
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
