package io.broadcaster.loadtest.simulate;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.testkit.FakeLedgerStore;
import io.broadcaster.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The ledger's table, watched at rest: whether a terminal outcome ever changed, and when the last one was written. */
final class WatchedLedger implements LedgerStore {
    private final LedgerStore store = new FakeLedgerStore();
    private final Simulation simulation;
    private long changed;
    private Duration lastSettled = Duration.ZERO;

    WatchedLedger(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public Optional<LedgerRow> read(BatchKey key) {
        return store.read(key);
    }

    @Override
    public Write write(LedgerRow row, int expectedEpoch) {
        Optional<LedgerRow> before = store.read(row.key());
        Write write = store.write(row, expectedEpoch);
        LedgerRow after = store.read(row.key()).orElseThrow();
        compare(before.map(LedgerRow::outcomes).orElse(new byte[after.outcomes().length]), after.outcomes());
        simulation.tell(
                "ledger",
                () -> "write " + row.key().platform() + "/" + row.key().batch() + " epoch " + row.epoch() + " by "
                        + row.owner() + " over " + expectedEpoch + ": " + write + ", pending "
                        + row.count(OutcomeCode.PENDING) + " unknown " + row.count(OutcomeCode.UNKNOWN));
        return write;
    }

    private void compare(byte[] before, byte[] after) {
        for (int i = 0; i < after.length; i++) {
            if (before[i] != after[i]) {
                if (before[i] != OutcomeCode.PENDING.code()) {
                    changed++;
                }
                lastSettled = simulation.elapsed();
            }
        }
    }

    @Override
    public void scan(LaunchId launch, Consumer<LedgerRow> each) {
        store.scan(launch, each);
    }

    /** Terminal outcomes that were changed afterwards. */
    long changed() {
        return changed;
    }

    /** When the last device got its outcome. */
    Duration lastSettled() {
        return lastSettled;
    }
}
