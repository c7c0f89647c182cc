package io.broadcaster.sender.receive;

import io.broadcaster.sender.snapshot.SnapshotInUse;
import io.broadcaster.task.LaunchFacts;
import java.util.Optional;

/** Where the snapshot of a batch comes from. Safe for any thread; may block while it is being loaded. */
@FunctionalInterface
public interface SnapshotSource {
    /** The snapshot of the launch, or empty when it cannot be had now: its batches then come again. */
    Optional<SnapshotInUse> borrow(LaunchFacts launch) throws InterruptedException;
}
