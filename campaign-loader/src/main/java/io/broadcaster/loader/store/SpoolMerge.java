package io.broadcaster.loader.store;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.LocaleTag;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Reads all segments bucket by bucket, in passes of a bounded size, drops duplicates of a device (the latest registration
 * stays) and hands the rest on in an order that depends on nothing but the devices. Confined to one thread.
 */
final class SpoolMerge {
    private static final int LOCALES_MAX = 10_000;

    private final Spool spool;
    private final int passBytes;
    private final int parallelism;
    private final Map<String, LocaleTag> locales = new HashMap<>();
    private long duplicates;

    SpoolMerge(Spool spool, int passBytes, int parallelism) {
        this.spool = spool;
        this.passBytes = passBytes;
        this.parallelism = parallelism;
    }

    /** Takes the devices that are left. */
    interface Sink {
        void device(UserId user, Device device);

        /** Called between passes. */
        void passEnded();
    }

    /** Runs all passes. */
    void run(Sink sink) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int from = 0;
            while (from < Segment.BUCKETS) {
                int to = passEnd(from);
                pass(from, to, threads, sink);
                sink.passEnded();
                from = to;
            }
        }
    }

    /** Records that were dropped so far. */
    long duplicates() {
        return duplicates;
    }

    /** The end of the pass that starts at {@code from}: as many buckets as fit, at least one. */
    private int passEnd(int from) {
        if (bytes(from, from + 1) > passBytes) {
            throw new InvalidInput(
                    "audience",
                    "must be small enough for a bucket of at most " + passBytes + " bytes (loader.pass-bytes)",
                    bytes(from, from + 1) + " bytes");
        }
        int to = from + 1;
        while (to < Segment.BUCKETS && bytes(from, to + 1) <= passBytes) {
            to++;
        }
        return to;
    }

    private long bytes(int from, int to) {
        return spool.segments().stream().mapToLong(s -> s.bytes(from, to)).sum();
    }

    private void pass(int from, int to, ExecutorService threads, Sink sink) {
        byte[] records = new byte[(int) bytes(from, to)];
        int[] starts = read(from, to, ByteBuffer.wrap(records), threads);
        for (int bucket = from; bucket < to; bucket++) {
            var offsets = new ArrayList<Integer>();
            for (int i = 0; i < starts.length; i++) {
                Segment segment = spool.segments().get(i);
                int at = starts[i] + segment.bytes(from, bucket);
                int end = starts[i] + segment.bytes(from, bucket + 1);
                segment.requireSound(bucket, ByteBuffer.wrap(records, at, end - at));
                while (at < end) {
                    offsets.add(at);
                    at += DeviceRecord.length(records, at);
                }
            }
            emit(records, offsets, sink);
        }
    }

    /** Reads the buckets of all segments side by side and answers with where each segment's lie. */
    private int[] read(int from, int to, ByteBuffer records, ExecutorService threads) {
        List<Segment> segments = spool.segments();
        int[] starts = new int[segments.size()];
        var permits = new Semaphore(parallelism);
        var reads = new ArrayList<Future<?>>();
        int start = 0;
        for (int i = 0; i < starts.length; i++) {
            Segment segment = segments.get(i);
            starts[i] = start;
            int length = segment.bytes(from, to);
            if (length > 0) {
                ByteBuffer into = records.slice(start, length);
                reads.add(threads.submit(() -> readRange(segment, from, into, permits)));
            }
            start += length;
        }
        reads.forEach(SpoolMerge::await);
        return starts;
    }

    private void readRange(Segment segment, int from, ByteBuffer into, Semaphore permits) {
        permits.acquireUninterruptibly();
        try {
            spool.objects().read(segment.key(), segment.start(from), into);
        } catch (ObjectStore.MissingObjectException e) {
            throw new BrokenWorkException(segment.key(), e);
        } finally {
            permits.release();
        }
    }

    private void emit(byte[] records, List<Integer> offsets, Sink sink) {
        offsets.sort((left, right) -> DeviceRecord.compare(records, left, right));
        int previous = -1;
        for (int at : offsets) {
            if (previous >= 0 && DeviceRecord.sameDevice(records, previous, at)) {
                duplicates++;
            } else {
                sink.device(DeviceRecord.user(records, at), DeviceRecord.device(records, at, this::locale));
                previous = at;
            }
        }
    }

    private LocaleTag locale(String tag) {
        LocaleTag known = locales.get(tag);
        if (known != null) {
            return known;
        }
        var locale = new LocaleTag(tag);
        if (locales.size() < LOCALES_MAX) {
            locales.put(tag, locale);
        }
        return locale;
    }

    private static void await(Future<?> read) {
        try {
            read.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException("a segment could not be read", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading segments", e);
        }
    }
}
