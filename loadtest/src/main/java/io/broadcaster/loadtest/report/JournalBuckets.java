package io.broadcaster.loadtest.report;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.journal.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts a launch's deliveries by the time at which the simulators took them. Reads the journal once. */
public final class JournalBuckets {
    private static final int BUCKET_MILLIS = 50;
    private static final long BUCKET_NANOS = TimeUnit.MILLISECONDS.toNanos(BUCKET_MILLIS);

    /** A quarter of an hour; later deliveries count in the last bucket. */
    private static final int BUCKETS_MAX = 18_000;

    private JournalBuckets() {}

    /** Deliveries under this collapse id, in buckets of 50 ms since the press. */
    public static RunFigures.Throughput of(Journal journal, String collapseId, Instant pressedAt) {
        long[] ios = buckets(journal, Platform.IOS, collapseId, pressedAt);
        long[] android = buckets(journal, Platform.ANDROID, collapseId, pressedAt);
        int length = Math.max(used(ios), used(android));
        return new RunFigures.Throughput(BUCKET_MILLIS, list(ios, length), list(android, length));
    }

    private static long[] buckets(Journal journal, Platform platform, String collapseId, Instant pressedAt) {
        long[] counts = new long[BUCKETS_MAX];
        int collapseNumber = journal.collapseNumber(collapseId);
        long pressNanos = Duration.between(journal.startedAt(), pressedAt).toNanos();
        journal.forEachTrace(platform, trace -> {
            if (trace.acceptedUnder(collapseNumber) > 0) {
                long bucket = (trace.firstNanos() - pressNanos) / BUCKET_NANOS;
                counts[Math.clamp(bucket, 0, BUCKETS_MAX - 1)]++;
            }
        });
        return counts;
    }

    private static int used(long[] counts) {
        int length = counts.length;
        while (length > 0 && counts[length - 1] == 0) {
            length--;
        }
        return length;
    }

    private static List<Long> list(long[] counts, int length) {
        return Arrays.stream(counts).limit(length).boxed().toList();
    }
}
