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
    public List<WorkerStatus> ready(String manifestSha256) {
        return live.stream().filter(worker -> worker.readyFor(manifestSha256)).toList();
    }

    /** How many they are. */
    public int readySenders(String manifestSha256) {
        return ready(manifestSha256).size();
    }

    /** Live senders, ready or not. */
    public int senders() {
        return (int) live.stream()
                .filter(worker -> worker.role() == WorkerRole.SENDER)
                .count();
    }
}
