package io.broadcaster.api.export;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The ledger of one platform of a launch in memory, by batch: one byte per device and the row around it. */
final class LedgerRows {
    private final Map<Integer, LedgerRow> rows;

    private LedgerRows(Map<Integer, LedgerRow> rows) {
        this.rows = rows;
    }

    static LedgerRows of(LedgerStore ledger, LaunchId launch, Platform platform, int batches) {
        var rows = new HashMap<Integer, LedgerRow>(batches * 2);
        ledger.scan(launch, row -> {
            if (row.key().platform() == platform) {
                rows.put(row.key().batch(), row);
            }
        });
        return new LedgerRows(rows);
    }

    Optional<LedgerRow> at(int batch) {
        return Optional.ofNullable(rows.get(batch));
    }
}
