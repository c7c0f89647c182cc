package io.broadcaster.delivery;

import java.time.Instant;
import java.util.List;

/**
 * A worker's heartbeat. A sender is ready for a launch when {@code snapshots} holds the manifest's SHA-256 as READY. A
 * status older than the registry's time-to-live counts as gone.
 */
public record WorkerStatus(
        String worker,
        WorkerRole role,
        String version,
        Instant startedAt,
        Instant heartbeatAt,
        List<SnapshotReadiness> snapshots,
        int connections,
        int inFlight,
        WorkerVitals vitals) {
    public WorkerStatus {
        snapshots = List.copyOf(snapshots);
    }

    /** The same with these vitals. */
    public WorkerStatus with(WorkerVitals told) {
        return new WorkerStatus(worker, role, version, startedAt, heartbeatAt, snapshots, connections, inFlight, told);
    }

    /** Whether this is a sender that can start on the snapshot at once. */
    public boolean readyFor(String manifestSha256) {
        return role == WorkerRole.SENDER
                && snapshots.stream()
                        .anyMatch(s -> s.manifestSha256().equals(manifestSha256) && s.phase() == Phase.READY);
    }

    /** The role of a process. */
    public enum WorkerRole {
        API,
        LOADER,
        FANOUT,
        SENDER
    }

    /** How far a sender is with a snapshot. */
    public enum Phase {
        LOADING,
        WARMING,
        READY,
        /** The bytes do not match the manifest, or do not fit; {@code detail} of the readiness says which. */
        FAILED
    }

    /** One snapshot in a sender; {@code detail} is empty unless FAILED. */
    public record SnapshotReadiness(String campaign, int revision, String manifestSha256, Phase phase, String detail) {}
}
