package io.broadcaster.snapshot;

import io.broadcaster.audience.Manifest.FileRef;
import io.broadcaster.audience.Manifest.Part;
import io.broadcaster.audience.ObjectStore;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * One object on its way into the store, in parts of {@link #PART_BYTES} with the SHA-256 of each. Holds one part on the
 * heap. Confined to one thread; a failure of the store surfaces as {@link ObjectStore.ObjectStoreException}.
 */
final class PartUpload implements AutoCloseable {
    /** 8 MiB: above S3's least of 5 MiB, and small enough that four open files fit into any loader. */
    static final int PART_BYTES = 8 << 20;

    private final ObjectStore objects;
    private final String key;
    private final ObjectStore.Upload upload;
    private final ByteBuffer part = ByteBuffer.allocate(PART_BYTES);
    private final MessageDigest digest = Sha256.digest();
    private final List<Part> parts = new ArrayList<>();
    private long sent;

    PartUpload(ObjectStore objects, String key) {
        this.objects = objects;
        this.key = key;
        this.upload = objects.upload(key);
    }

    /** Bytes written so far. */
    long position() {
        return sent + part.position();
    }

    void write(ByteBuffer from) {
        while (from.hasRemaining()) {
            int length = Math.min(from.remaining(), part.remaining());
            part.put(from.slice(from.position(), length));
            from.position(from.position() + length);
            if (!part.hasRemaining()) {
                send();
            }
        }
    }

    /** Writes zeros up to the next multiple of {@code alignment} bytes. */
    void align(int alignment) {
        int missing = (int) (Math.ceilDiv(position(), alignment) * alignment - position());
        write(ByteBuffer.allocate(missing));
    }

    /**
     * Sends the rest and makes the object visible. An object that is there already must hold the same bytes: an earlier
     * attempt of the same load wrote it; else {@link SnapshotCorruptException}.
     */
    FileRef seal() {
        if (part.position() > 0) {
            send();
        }
        var file = new FileRef(key, sent, parts);
        return switch (upload.sealIfAbsent()) {
            case STORED -> file;
            case ALREADY_THERE -> {
                requireSame(file);
                yield file;
            }
        };
    }

    @Override
    public void close() {
        upload.close();
    }

    private void send() {
        part.flip();
        digest.update(part.array(), 0, part.limit());
        parts.add(new Part(sent, part.limit(), Sha256.hex(digest)));
        sent += part.limit();
        upload.part(part);
        part.clear();
    }

    private void requireSame(FileRef file) {
        long stored = objects.size(key).orElse(0);
        if (stored != file.bytes()) {
            throw new SnapshotCorruptException(
                    key, "whole", "was sealed before with " + stored + " bytes, and would now have " + file.bytes());
        }
        for (Part each : file.parts()) {
            part.clear().limit(each.length());
            objects.read(key, each.offset(), part);
            digest.update(part.array(), 0, each.length());
            if (!Sha256.hex(digest).equals(each.sha256())) {
                throw new SnapshotCorruptException(
                        key, "part at " + each.offset(), "was sealed before with other bytes");
            }
        }
    }
}
