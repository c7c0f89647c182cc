package io.broadcaster.loader.store;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.LoadProgress;
import io.broadcaster.audience.LoadProgress.RejectedRow;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.loader.check.Row;
import io.broadcaster.loader.resolve.ResolvedChunk;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The resolved devices of a load in work segments of the store, so that another loader can go on after the last one. Holds
 * one segment on the heap. Confined to one thread. Segments are written once: a loader that finds its next one there is
 * {@linkplain OvertakenException overtaken}.
 */
public final class Spool {
    private final ObjectStore objects;
    private final String prefix;
    private final int segmentBytes;
    private final List<Segment> segments;
    private final List<RejectedRow> sample = new ArrayList<>();
    private final Tally tally;
    private final ByteArrayOutputStream rejects = new ByteArrayOutputStream();
    private byte[] records;
    private int recordBytes;
    private int[] bucketBytes = new int[Segment.BUCKETS];

    private Spool(ObjectStore objects, String prefix, int segmentBytes, List<Segment> segments) {
        this.objects = objects;
        this.prefix = prefix;
        this.segmentBytes = segmentBytes;
        this.segments = new ArrayList<>(segments);
        this.records = new byte[segmentBytes];
        this.tally = new Tally(
                segments.isEmpty() ? SpoolCounts.NONE : segments.getLast().counts());
    }

    /** Opens what is there under {@code prefix}, which ends with a slash; {@code segmentBytes} is when a segment is cut. */
    public static Spool open(ObjectStore objects, String prefix, int segmentBytes) {
        var segments = new ArrayList<Segment>();
        for (String key : objects.list(prefix)) {
            if (!key.equals(key(prefix, segments.size()))) {
                throw new BrokenWorkException(key, null);
            }
            segments.add(Segment.read(objects, key));
        }
        var spool = new Spool(objects, prefix, segmentBytes, segments);
        for (Segment segment : segments) {
            if (spool.sample.size() < LoadProgress.SAMPLE_MAX) {
                spool.sample.addAll(
                        RejectLines.read(segment.rejects(objects), LoadProgress.SAMPLE_MAX - spool.sample.size()));
            }
        }
        return spool;
    }

    /** Whether nothing was spooled yet. */
    public boolean fresh() {
        return segments.isEmpty();
    }

    /** Whether the whole audience is in the segments. */
    public boolean complete() {
        return !segments.isEmpty() && segments.getLast().last();
    }

    /** What was found so far, what waits for its segment included. */
    public SpoolCounts counts() {
        return tally.counts();
    }

    /** The first malformed rows. */
    public List<RejectedRow> sample() {
        return List.copyOf(sample);
    }

    /** Segments written. */
    public int segmentCount() {
        return segments.size();
    }

    /** Takes the rows of a chunk in; cuts a segment when the buffer is full. */
    public void add(ResolvedChunk resolved) {
        for (Row row : resolved.chunk().rows()) {
            switch (row) {
                case Row.Malformed(RejectedRow rejected) -> reject(rejected);
                case Row.User(var user) -> {
                    List<Device> devices = resolved.devices().getOrDefault(user, List.of());
                    tally.user(!devices.isEmpty());
                    for (Device device : devices) {
                        tally.device(device.platform());
                        append(DeviceRecord.encode(user, device));
                    }
                }
            }
        }
        if (recordBytes + rejects.size() >= segmentBytes) {
            cut(false);
        }
    }

    /** Cuts the last segment: the whole audience was added. */
    public void finish() {
        cut(true);
    }

    List<Segment> segments() {
        return segments;
    }

    ObjectStore objects() {
        return objects;
    }

    private void reject(RejectedRow rejected) {
        tally.malformed();
        RejectLines.append(rejected, rejects);
        if (sample.size() < LoadProgress.SAMPLE_MAX) {
            sample.add(rejected);
        }
    }

    private void append(byte[] record) {
        if (recordBytes + record.length > records.length) {
            records =
                    Arrays.copyOf(records, Math.max(records.length + records.length / 4, recordBytes + record.length));
        }
        System.arraycopy(record, 0, records, recordBytes, record.length);
        recordBytes += record.length;
        bucketBytes[DeviceRecord.bucket(record)] += record.length;
    }

    private void cut(boolean last) {
        String key = key(prefix, segments.size());
        byte[] content = Segment.write(tally.counts(), last, parts());
        if (objects.putIfAbsent(key, content) == ObjectStore.Put.ALREADY_THERE) {
            throw new OvertakenException(key);
        }
        segments.add(Segment.read(objects, key));
        recordBytes = 0;
        bucketBytes = new int[Segment.BUCKETS];
        rejects.reset();
    }

    /** The records by bucket, in the order in which they came, and the rejected rows. */
    private ByteBuffer[] parts() {
        var sorted = new byte[recordBytes];
        var parts = new ByteBuffer[Segment.BUCKETS + 1];
        int start = 0;
        for (int bucket = 0; bucket < Segment.BUCKETS; bucket++) {
            parts[bucket] = ByteBuffer.wrap(sorted, start, bucketBytes[bucket]);
            start += bucketBytes[bucket];
        }
        for (int at = 0; at < recordBytes; ) {
            int length = DeviceRecord.length(records, at);
            byte[] record = Arrays.copyOfRange(records, at, at + length);
            parts[DeviceRecord.bucket(record)].put(record);
            at += length;
        }
        start = 0;
        for (int bucket = 0; bucket < Segment.BUCKETS; bucket++) {
            parts[bucket] = ByteBuffer.wrap(sorted, start, bucketBytes[bucket]);
            start += bucketBytes[bucket];
        }
        parts[Segment.BUCKETS] = ByteBuffer.wrap(rejects.toByteArray());
        return parts;
    }

    private static String key(String prefix, int index) {
        return prefix + String.format("segment-%06d", index);
    }
}
