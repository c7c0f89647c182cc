package io.broadcaster.api.progress;

import io.broadcaster.campaign.CampaignId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * The status for many watchers: read at most once per {@link #AGE_MAX} and campaign however many look on, who share one read,
 * and its failure. Safe for any thread; blocks while it is read. Bounded by the streams that ask it, which say when they
 * {@link #leave}.
 */
public final class StatusFeed {
    /** How old a status may be that is handed to a second watcher. */
    static final Duration AGE_MAX = Duration.ofMillis(150);

    private final Function<CampaignId, Optional<Status>> reader;
    private final InstantSource clock;
    private final ConcurrentMap<CampaignId, Look> looks = new ConcurrentHashMap<>();

    public StatusFeed(Function<CampaignId, Optional<Status>> reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /** A watcher has gone. */
    public void leave(CampaignId id) {
        looks.remove(id);
    }

    /** The status as of now or a moment ago, or empty when there is no such campaign; fails as the reader does. */
    public Optional<Status> status(CampaignId id) throws InterruptedException {
        Instant now = clock.instant();
        Look look = looks.compute(
                id,
                (_, last) -> last != null && last.isFresh(now)
                        ? last
                        : new Look(new FutureTask<>(() -> reader.apply(id)), now));
        look.read().run(); // whoever comes second waits below for the first
        try {
            return look.read().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        }
    }

    private record Look(FutureTask<Optional<Status>> read, Instant at) {
        boolean isFresh(Instant now) {
            return !read.isDone() || now.isBefore(at.plus(AGE_MAX));
        }
    }
}
