package io.broadcaster.loader.store;

import io.broadcaster.audience.ObjectStore;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The head of one work segment: which rows it and all before it cover, and where its buckets lie. Buckets lie one after the
 * other behind the head, the rejected rows behind them; each has its CRC-32C. Immutable.
 */
final class Segment {
    static final int BUCKET_BITS = 10;

    /** 1,024, so that one bucket of 50M devices still is only about 8 MB. */
    static final int BUCKETS = 1 << BUCKET_BITS;

    private static final long MAGIC = 0x4243_5345_474d_0001L;
    private static final int ENTRY_BYTES = 2 * Integer.BYTES;
    private static final int HEAD_BYTES = 7 * Long.BYTES + Integer.BYTES + (BUCKETS + 1) * ENTRY_BYTES + Integer.BYTES;

    private final String key;
    private final SpoolCounts counts;
    private final boolean last;
    private final int[] ends;
    private final int[] checksums;

    private Segment(String key, SpoolCounts counts, boolean last, int[] ends, int[] checksums) {
        this.key = key;
        this.counts = counts;
        this.last = last;
        this.ends = ends;
        this.checksums = checksums;
    }

    /** Lays a segment out: {@code parts} are the buckets and then the rejected rows. */
    static byte[] write(SpoolCounts counts, boolean last, ByteBuffer[] parts) {
        int bodyBytes = 0;
        for (ByteBuffer part : parts) {
            bodyBytes += part.remaining();
        }
        ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + bodyBytes);
        out.putLong(MAGIC)
                .putLong(counts.rows())
                .putLong(counts.users())
                .putLong(counts.malformedRows())
                .putLong(counts.usersWithoutDevice())
                .putLong(counts.iosDevices())
                .putLong(counts.androidDevices())
                .putInt(last ? 1 : 0);
        int end = HEAD_BYTES;
        for (ByteBuffer part : parts) {
            end += part.remaining();
            out.putInt(end).putInt(checksum(part.duplicate()));
        }
        out.putInt(checksum(out.duplicate().flip()));
        for (ByteBuffer part : parts) {
            out.put(part);
        }
        return out.array();
    }

    /** Reads a head; {@link BrokenWorkException} when it is not one. */
    static Segment read(ObjectStore objects, String key) {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        try {
            objects.read(key, 0, head);
        } catch (ObjectStore.MissingObjectException e) {
            throw new BrokenWorkException(key, e);
        }
        head.flip();
        int checked = HEAD_BYTES - Integer.BYTES;
        if (head.getInt(checked) != checksum(head.duplicate().limit(checked)) || head.getLong() != MAGIC) {
            throw new BrokenWorkException(key, null);
        }
        var counts = new SpoolCounts(
                head.getLong(), head.getLong(), head.getLong(), head.getLong(), head.getLong(), head.getLong());
        boolean last = head.getInt() == 1;
        int[] ends = new int[BUCKETS + 1];
        int[] checksums = new int[BUCKETS + 1];
        for (int i = 0; i <= BUCKETS; i++) {
            ends[i] = head.getInt();
            checksums[i] = head.getInt();
        }
        return new Segment(key, counts, last, ends, checksums);
    }

    String key() {
        return key;
    }

    SpoolCounts counts() {
        return counts;
    }

    /** Whether the audience ends with this segment. */
    boolean last() {
        return last;
    }

    /** Bytes of the buckets {@code [from, to)}, which lie side by side. */
    int bytes(int from, int to) {
        return start(to) - start(from);
    }

    /** Where a bucket starts in the object. */
    int start(int bucket) {
        return bucket == 0 ? HEAD_BYTES : ends[bucket - 1];
    }

    int rejectBytes() {
        return ends[BUCKETS] - ends[BUCKETS - 1];
    }

    /** Reads the rejected rows, a few at a time at most as large as a segment. */
    byte[] rejects(ObjectStore objects) {
        ByteBuffer bytes = ByteBuffer.allocate(rejectBytes());
        if (bytes.hasRemaining()) {
            objects.read(key, start(BUCKETS), bytes);
            requireSound(BUCKETS, bytes.flip());
        }
        return bytes.array();
    }

    /** Checks the bytes of a bucket as read. */
    void requireSound(int bucket, ByteBuffer bytes) {
        if (checksum(bytes.duplicate()) != checksums[bucket]) {
            throw new BrokenWorkException(key, null);
        }
    }

    private static int checksum(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
