package io.broadcaster.loader.store;

import io.broadcaster.audience.ObjectStore;
import java.nio.ByteBuffer;

/** Writes every malformed row of the segments as one object of JSON Lines, in parts of 8 MiB. */
public final class RejectFile {
    private static final int PART_BYTES = 8 << 20;

    private RejectFile() {}

    /** Writes the file unless there are no malformed rows, or an earlier attempt of the load wrote it. */
    public static void write(Spool spool, String key) {
        if (spool.counts().malformedRows() == 0) {
            return;
        }
        ObjectStore objects = spool.objects();
        ByteBuffer part = ByteBuffer.allocate(PART_BYTES);
        try (ObjectStore.Upload upload = objects.upload(key)) {
            for (Segment segment : spool.segments()) {
                ByteBuffer lines = ByteBuffer.wrap(segment.rejects(objects));
                while (lines.hasRemaining()) {
                    int count = Math.min(lines.remaining(), part.remaining());
                    part.put(lines.slice(lines.position(), count));
                    lines.position(lines.position() + count);
                    if (!part.hasRemaining()) {
                        upload.part(part.flip());
                        part.clear();
                    }
                }
            }
            if (part.position() > 0) {
                upload.part(part.flip());
            }
            upload.sealIfAbsent();
        }
    }
}
