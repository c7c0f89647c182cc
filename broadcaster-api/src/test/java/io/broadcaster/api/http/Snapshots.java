package io.broadcaster.api.http;

import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.testkit.Fixtures;

/** Snapshots that no sender of a test holds. */
final class Snapshots {
    private Snapshots() {}

    static SnapshotSummary another() {
        SnapshotSummary known = Fixtures.snapshot(60_000, 40_000);
        return new SnapshotSummary(
                known.manifestKey(),
                "00".repeat(32),
                known.contentHash(),
                known.iosDevices(),
                known.iosBatches(),
                known.androidDevices(),
                known.androidBatches(),
                known.counts());
    }
}
