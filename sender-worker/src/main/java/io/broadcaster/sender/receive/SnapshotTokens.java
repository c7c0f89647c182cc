package io.broadcaster.sender.receive;

import io.broadcaster.campaign.Platform;
import io.broadcaster.sender.send.BatchTokens;
import io.broadcaster.sender.snapshot.SnapshotInUse;

/** The tokens of one batch, read from the snapshot's memory. */
record SnapshotTokens(SnapshotInUse snapshot, Platform platform, int batch) implements BatchTokens {
    @Override
    public int devices() {
        return snapshot.devices(platform, batch);
    }

    @Override
    public int copyToken(int position, byte[] into) {
        return snapshot.copyToken(platform, batch, position, into);
    }
}
