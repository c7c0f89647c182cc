package io.broadcaster.loadtest.snapshot;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.snapshot.LoadedSnapshot;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The product's own form: the real writers and the real loader. */
final class ArrowForm implements SnapshotForm {
    private @Nullable LocalSnapshot files;

    @Override
    public long write(SyntheticAudience audience) throws IOException, InterruptedException {
        LocalSnapshot written = LocalSnapshot.write(audience);
        files = written;
        return written.tokenBytes();
    }

    @Override
    public Tokens load() {
        if (files == null) {
            throw new IllegalStateException("write it first");
        }
        return new Batches(files.load());
    }

    @Override
    public void close() throws IOException {
        if (files != null) {
            files.close();
        }
    }

    /** Devices by batch and position; the batches of a variant are full but for its last, so this is close enough. */
    private record Batches(LoadedSnapshot snapshot) implements Tokens {
        @Override
        public int copy(Platform platform, long device, byte[] into) {
            int batch = (int) (device / platform.batchMax() % snapshot.batches(platform));
            int position = (int) (device % platform.batchMax()) % snapshot.devices(platform, batch);
            return snapshot.copyToken(platform, batch, position, into);
        }

        @Override
        public long bytesOffHeap() {
            return snapshot.bytesOffHeap();
        }

        @Override
        public void close() {
            snapshot.close();
        }
    }
}
