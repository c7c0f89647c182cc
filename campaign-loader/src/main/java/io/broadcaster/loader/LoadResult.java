package io.broadcaster.loader;

import io.broadcaster.campaign.SnapshotSummary;

/** How a load ended that ran to its end. */
sealed interface LoadResult {
    /** The snapshot stands. */
    record Sealed(SnapshotSummary snapshot) implements LoadResult {}

    /** The audience or the content cannot be loaded, and another attempt would not change that. */
    record Failed(String reason) implements LoadResult {}
}
