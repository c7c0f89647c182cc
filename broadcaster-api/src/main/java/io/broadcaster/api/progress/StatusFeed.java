package io.broadcaster.api.progress;

import io.broadcaster.campaign.CampaignId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/**
 * The status for many watchers: read at most once per {@link #AGE_MAX} and campaign however many look on. Safe for any
 * thread; blocks while it reads. Bounded by the streams that it admits.
 */
public final class StatusFeed {
    /** How old a status may be that is handed to a second watcher. */
    static final Duration AGE_MAX = Duration.ofMillis(150);

    private final StatusReader reader;
    private final InstantSource clock;
    private final int streamsMax;
    private final Semaphore streams;
    private final ConcurrentMap<CampaignId, Seen> seen = new ConcurrentHashMap<>();

    public StatusFeed(StatusReader reader, int streamsMax, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
        this.streamsMax = streamsMax;
        this.streams = new Semaphore(streamsMax);
    }

    /** Whether there was room for one more stream; each admitted one ends with {@link #leave}. */
    public boolean admit() {
        return streams.tryAcquire();
    }

    /** A stream has ended. */
    public void leave(CampaignId id) {
        streams.release();
        seen.remove(id);
    }

    /** Streams that are open. */
    public int open() {
        return streamsMax - streams.availablePermits();
    }

    /** The status as of now or a moment ago, or empty when there is no such campaign. */
    public Optional<Status> status(CampaignId id) {
        Instant now = clock.instant();
        Seen fresh = seen.compute(
                id,
                (_, last) ->
                        last != null && now.isBefore(last.at().plus(AGE_MAX)) ? last : new Seen(reader.read(id), now));
        return fresh.status();
    }

    private record Seen(Optional<Status> status, Instant at) {}
}
