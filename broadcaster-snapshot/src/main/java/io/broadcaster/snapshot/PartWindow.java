package io.broadcaster.snapshot;

import io.broadcaster.audience.Manifest.FileRef;
import io.broadcaster.audience.Manifest.Part;
import io.broadcaster.audience.ObjectStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.List;

/**
 * A file of a snapshot as ranges over the two parts read last, each checked against its SHA-256: memory of two parts,
 * whatever the file's size, and cheap as long as the ranges ascend. Confined to one thread.
 */
final class PartWindow implements FileBytes {
    private final ObjectStore objects;
    private final FileRef file;
    private final MessageDigest digest = Sha256.digest();
    private Loaded newer = new Loaded(-1, ByteBuffer.allocate(0));
    private Loaded older = newer;

    PartWindow(ObjectStore objects, FileRef file) {
        this.objects = objects;
        this.file = file;
    }

    @Override
    public String name() {
        return file.key();
    }

    @Override
    public long length() {
        return file.bytes();
    }

    @Override
    public ByteBuffer slice(long offset, int length) {
        ByteBuffer copy = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        for (int part = partAt(offset); copy.hasRemaining(); part++) {
            ByteBuffer bytes = load(part).bytes();
            int from = (int) (offset + copy.position() - file.parts().get(part).offset());
            int count = Math.min(copy.remaining(), bytes.limit() - from);
            copy.put(bytes.slice(from, count));
        }
        return copy.flip();
    }

    private int partAt(long offset) {
        List<Part> parts = file.parts();
        for (int i = parts.size() - 1; i > 0; i--) {
            if (parts.get(i).offset() <= offset) {
                return i;
            }
        }
        return 0;
    }

    private Loaded load(int part) {
        if (newer.part() == part) {
            return newer;
        }
        if (older.part() == part) {
            return older;
        }
        Part range = file.parts().get(part);
        ByteBuffer bytes = ByteBuffer.allocate(range.length());
        PartDownload.fetchPart(objects, file, range, bytes, digest);
        older = newer;
        newer = new Loaded(part, bytes);
        return newer;
    }

    private record Loaded(int part, ByteBuffer bytes) {}
}
