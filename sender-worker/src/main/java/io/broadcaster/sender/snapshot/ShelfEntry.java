package io.broadcaster.sender.snapshot;

import io.broadcaster.delivery.WorkerStatus.Phase;
import io.broadcaster.delivery.WorkerStatus.SnapshotReadiness;
import io.broadcaster.snapshot.LoadedSnapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One place on the shelf. Guarded by the shelf's lock. */
final class ShelfEntry {
    final WantedSnapshot snapshot;
    Phase phase = Phase.LOADING;
    String detail = "";

    @Nullable LoadedSnapshot loaded;

    boolean wanted = true;
    boolean started;
    int readers;
    long bytes;
    Instant idleSince;
    Instant retryAt = Instant.EPOCH;

    ShelfEntry(WantedSnapshot snapshot, Instant now) {
        this.snapshot = snapshot;
        idleSince = now;
    }

    SnapshotReadiness readiness(boolean warm) {
        return new SnapshotReadiness(
                snapshot.campaign().value(),
                snapshot.revision(),
                snapshot.manifestSha256(),
                phase == Phase.WARMING && warm ? Phase.READY : phase,
                detail);
    }

    void free() {
        if (loaded != null) {
            loaded.close();
            loaded = null;
        }
        bytes = 0;
    }
}
