package io.broadcaster.delivery;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import java.util.EnumMap;
import java.util.Map;

/**
 * The ledger held against the snapshot: per platform the outcomes, the batches without a row, and whether
 * {@code devices = accepted + rejected + unregistered + expired + suppressed + unknown}, to the unit.
 */
public record Reconciliation(LaunchId launch, Map<Platform, PlatformTotals> platforms) {
    public Reconciliation {
        platforms = Map.copyOf(platforms);
    }

    /** Reads the whole ledger of the launch. */
    public static Reconciliation of(LaunchId launch, SnapshotSummary snapshot, LedgerStore ledger) {
        var counts = new EnumMap<Platform, OutcomeCounts>(Platform.class);
        var rows = new EnumMap<Platform, Integer>(Platform.class);
        ledger.scan(launch, row -> {
            Platform platform = row.key().platform();
            counts.computeIfAbsent(platform, first -> new OutcomeCounts()).add(row);
            rows.merge(platform, 1, Integer::sum);
        });
        var totals = new EnumMap<Platform, PlatformTotals>(Platform.class);
        for (Platform platform : Platform.values()) {
            totals.put(
                    platform,
                    new PlatformTotals(
                            snapshot.devices(platform),
                            snapshot.batches(platform),
                            rows.getOrDefault(platform, 0),
                            counts.getOrDefault(platform, new OutcomeCounts())));
        }
        return new Reconciliation(launch, totals);
    }

    /** Whether every device of both platforms has exactly one terminal outcome. */
    public boolean complete() {
        return platforms.values().stream().allMatch(PlatformTotals::complete);
    }

    /** The outcomes of both platforms. */
    public OutcomeCounts counts() {
        var sum = new OutcomeCounts();
        platforms.values().forEach(totals -> sum.add(totals.counts()));
        return sum;
    }

    /** One platform's side. */
    public record PlatformTotals(long devices, int batches, int rows, OutcomeCounts counts) {
        /** Whether every batch has its row and every device its terminal outcome. */
        public boolean complete() {
            return rows == batches && counts.terminal() == devices && counts.total() == devices;
        }
    }
}
