package io.broadcaster.api.go;

import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import java.time.Instant;
import java.util.List;

/** The live workers as of {@code seenAt}; those with an old heartbeat are left out. */
public record Fleet(List<WorkerStatus> live, Instant seenAt) {
    public Fleet {
        live = List.copyOf(live);
    }

    /** Live senders that hold exactly this snapshot, warmed and authenticated. */
    public int readySenders(String manifestSha256) {
        return (int)
                live.stream().filter(worker -> worker.readyFor(manifestSha256)).count();
    }

    /** Live senders, ready or not. */
    public int senders() {
        return (int) live.stream()
                .filter(worker -> worker.role() == WorkerRole.SENDER)
                .count();
    }
}
