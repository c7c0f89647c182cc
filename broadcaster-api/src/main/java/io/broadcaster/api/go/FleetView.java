package io.broadcaster.api.go;

import io.broadcaster.delivery.WorkerRegistry;
import io.broadcaster.delivery.WorkerStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The fleet as last read, so that a press asks memory and not a table. {@link #refresh} runs on one background thread;
 * {@link #current} is safe for any. When the registry cannot be read the last view stays, and its workers age out by
 * themselves: {@code heartbeatAgeMax} is judged at every look, not at the refresh.
 */
public final class FleetView {
    /** How often the view is refreshed. */
    public static final Duration REFRESH_EVERY = Duration.ofMillis(500);

    private final WorkerRegistry registry;
    private final Duration heartbeatAgeMax;
    private final InstantSource clock;
    private volatile List<WorkerStatus> statuses = List.of();

    public FleetView(WorkerRegistry registry, Duration heartbeatAgeMax, InstantSource clock) {
        this.registry = registry;
        this.heartbeatAgeMax = heartbeatAgeMax;
        this.clock = clock;
    }

    /** Reads the registry. */
    public void refresh() {
        statuses = List.copyOf(registry.all());
    }

    /** The workers whose heartbeat is fresh enough now. */
    public Fleet current() {
        return new Fleet(statuses.stream().filter(this::isLive).toList(), clock.instant());
    }

    /** Every worker in the registry, stale ones included. */
    public List<WorkerStatus> known() {
        return statuses;
    }

    /** Whether the worker's heartbeat is fresh enough now. */
    public boolean isLive(WorkerStatus status) {
        return !status.heartbeatAt().isBefore(clock.instant().minus(heartbeatAgeMax));
    }
}
