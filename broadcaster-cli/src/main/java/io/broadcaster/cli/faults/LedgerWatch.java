package io.broadcaster.cli.faults;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.OutcomeCode;
import java.util.HashMap;
import java.util.Map;

/**
 * Looks at a launch's ledger again and again while its workers die: how much is settled, and whether an outcome that was
 * terminal ever reads otherwise later (I3). Used by one thread; keeps one byte per device.
 */
final class LedgerWatch {
    private static final byte PENDING = OutcomeCode.PENDING.code();

    private final LedgerStore ledger;
    private final LaunchId launch;
    private final Map<BatchKey, byte[]> seen;
    private long changed;

    LedgerWatch(LedgerStore ledger, LaunchId launch, SnapshotSummary snapshot) {
        this.ledger = ledger;
        this.launch = launch;
        this.seen = HashMap.newHashMap(snapshot.batches());
    }

    /** Devices with an outcome now. */
    long look() {
        ledger.scan(launch, this::compare);
        long settled = 0;
        for (byte[] outcomes : seen.values()) {
            for (byte outcome : outcomes) {
                settled += outcome == PENDING ? 0 : 1;
            }
        }
        return settled;
    }

    private void compare(LedgerRow row) {
        byte[] now = row.outcomes();
        byte[] before = seen.put(row.key(), now.clone());
        if (before != null) {
            for (int i = 0; i < before.length; i++) {
                changed += before[i] != PENDING && before[i] != now[i] ? 1 : 0;
            }
        }
    }

    /** Devices whose terminal outcome was another at a later look. */
    long changed() {
        return changed;
    }
}
