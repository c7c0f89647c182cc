package io.broadcaster.cli.loadtest;

import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.client.Poll;
import io.broadcaster.loadtest.provider.journal.Journal;
import java.time.Duration;
import java.util.Arrays;

/** Waits until the simulators have judged a launch's requests. Cheap while they work: it reads counters. */
final class TakenByProviders {
    private static final Duration LAUNCH_MAX = Duration.ofMinutes(30);

    /** Longer than any request's time-out: what has not come by then comes no more, and the ledger says why. */
    private static final long STANDSTILL_NANOS = Duration.ofSeconds(20).toNanos();

    private final Journal journal;
    private final long expected;
    private long seen;
    private long seenAt = System.nanoTime();

    /** {@code devices} more requests than the journal has now. */
    TakenByProviders(Journal journal, long devices) {
        this.journal = journal;
        this.seen = judged(journal);
        this.expected = seen + devices;
    }

    /** Returns when all were judged, or when nothing has moved for 20 s. */
    void await() throws InterruptedException {
        seenAt = System.nanoTime();
        Poll.until(LAUNCH_MAX, this::allOrStandstill, done -> done);
    }

    private boolean allOrStandstill() {
        long now = judged(journal);
        if (now > seen) {
            seen = now;
            seenAt = System.nanoTime();
        }
        return now >= expected || System.nanoTime() - seenAt > STANDSTILL_NANOS;
    }

    private static long judged(Journal journal) {
        return Arrays.stream(Platform.values())
                .map(journal::totals)
                .mapToLong(totals -> totals.accepted() + totals.refused())
                .sum();
    }
}
