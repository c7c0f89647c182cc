package io.broadcaster.api.progress;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.Reconciliation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Reconciliations, remembered: a complete one for good, because terminal outcomes never change, another for two seconds,
 * because it costs a scan of the launch's ledger. At most {@link #LAUNCHES_MAX} launches. Safe for any thread; blocks.
 */
final class LedgerTotals {
    static final int LAUNCHES_MAX = 64;
    private static final Duration AGE_MAX = Duration.ofSeconds(2);

    private final LedgerStore ledger;
    private final InstantSource clock;
    private final ConcurrentMap<LaunchId, Known> known = new ConcurrentHashMap<>();

    LedgerTotals(LedgerStore ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    Reconciliation of(LaunchId launch, SnapshotSummary snapshot) {
        Instant now = clock.instant();
        Known entry = known.compute(
                launch,
                (_, last) -> last != null && last.holds(now)
                        ? last
                        : new Known(Reconciliation.of(launch, snapshot, ledger), now));
        if (known.size() > LAUNCHES_MAX) {
            known.entrySet().stream()
                    .min(Comparator.comparing(oldest -> oldest.getValue().at()))
                    .ifPresent(oldest -> known.remove(oldest.getKey()));
        }
        return entry.reconciliation();
    }

    private record Known(Reconciliation reconciliation, Instant at) {
        boolean holds(Instant now) {
            return reconciliation.complete() || now.isBefore(at.plus(AGE_MAX));
        }
    }
}
