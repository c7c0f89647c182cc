package io.broadcaster.api.progress;

import io.broadcaster.campaign.CampaignId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The status for many watchers: read at most once per {@link #AGE_MAX} and campaign however many look on. Safe for any
 * thread; blocks while it reads. Bounded by the streams that ask it, which say when they {@link #leave}.
 */
public final class StatusFeed {
    /** How old a status may be that is handed to a second watcher. */
    static final Duration AGE_MAX = Duration.ofMillis(150);

    private final StatusReader reader;
    private final InstantSource clock;
    private final ConcurrentMap<CampaignId, Seen> seen = new ConcurrentHashMap<>();

    public StatusFeed(StatusReader reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /** A watcher has gone. */
    public void leave(CampaignId id) {
        seen.remove(id);
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
