package io.broadcaster.sender.snapshot;

import io.broadcaster.audience.Manifest;
import io.broadcaster.campaign.Platform;

/** A snapshot that stays as it is until it is closed. Safe for any thread; never blocks. */
public interface SnapshotInUse extends AutoCloseable {
    /** What is sent, and to how many. */
    Manifest manifest();

    /** Devices of one batch. */
    int devices(Platform platform, int batch);

    /** Index of the variant that the devices of this batch get. */
    int variant(Platform platform, int batch);

    /** Copies a token in its stored form to the start of {@code into}; answers its length. */
    int copyToken(Platform platform, int batch, int position, byte[] into);

    @Override
    void close();
}
