package io.broadcaster.loadtest.snapshot;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import java.io.IOException;

/** A way to keep the devices of a campaign in files and to have them in memory, off the heap, ready to be looked up. */
interface SnapshotForm extends AutoCloseable {
    /** Writes the devices to files; bytes of the files that a sender reads. */
    long write(SyntheticAudience audience) throws IOException, InterruptedException;

    /** Reads the files into memory, checking every byte against a SHA-256. */
    Tokens load() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;

    /** The devices in memory. */
    interface Tokens extends AutoCloseable {
        /** Copies the stored form of the n-th token of a platform; answers its length. */
        int copy(Platform platform, long device, byte[] into);

        /** Memory held outside the heap. */
        long bytesOffHeap();

        @Override
        void close();
    }
}
