package io.broadcaster.loadtest.check;

import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.loadtest.provider.journal.KeyHash;
import io.broadcaster.snapshot.LoadedSnapshot;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The ledger's rows joined with the snapshot's tokens. A batch without a row comes out as PENDING, device by device; a row
 * that does not fit the snapshot is an error of the data. Reads on the caller's thread; the snapshot stays the caller's.
 */
public final class LedgerOutcomes implements DeviceOutcomes {
    private final LedgerStore ledger;
    private final LoadedSnapshot snapshot;

    public LedgerOutcomes(LedgerStore ledger, LoadedSnapshot snapshot) {
        this.ledger = ledger;
        this.snapshot = snapshot;
    }

    /** Takes devices by where they are in the snapshot. */
    @FunctionalInterface
    private interface Place {
        void device(Platform platform, int batch, int position, OutcomeCode code);
    }

    @Override
    public void forEach(Consumer<DeviceOutcome> each) {
        forEachPlace((platform, batch, position, code) ->
                each.accept(new DeviceOutcome(platform, snapshot.token(platform, batch, position), code)));
    }

    @Override
    public void forEachKey(Each each) {
        var key = new KeyHash();
        byte[] token = new byte[LoadedSnapshot.TOKEN_BYTES_MAX];
        forEachPlace((platform, batch, position, code) -> {
            key.ofStored(platform, token, snapshot.copyToken(platform, batch, position, token));
            each.device(platform, key.high(), key.low(), code);
        });
    }

    private void forEachPlace(Place each) {
        Map<Platform, BitSet> recorded = new EnumMap<>(Platform.class);
        for (Platform platform : Platform.values()) {
            recorded.put(platform, new BitSet(snapshot.batches(platform)));
        }
        ledger.scan(snapshot.manifest().launch(), row -> {
            BatchKey key = row.key();
            requireFit(row);
            recorded.getOrDefault(key.platform(), new BitSet()).set(key.batch());
            byte[] outcomes = row.outcomes();
            for (int position = 0; position < outcomes.length; position++) {
                each.device(key.platform(), key.batch(), position, OutcomeCode.of(outcomes[position]));
            }
        });
        recorded.forEach((platform, batches) -> {
            int end = snapshot.batches(platform);
            for (int batch = batches.nextClearBit(0); batch < end; batch = batches.nextClearBit(batch + 1)) {
                for (int position = 0; position < snapshot.devices(platform, batch); position++) {
                    each.device(platform, batch, position, OutcomeCode.PENDING);
                }
            }
        });
    }

    private void requireFit(LedgerRow row) {
        BatchKey key = row.key();
        boolean known = key.batch() >= 0 && key.batch() < snapshot.batches(key.platform());
        if (!known || row.outcomes().length != snapshot.devices(key.platform(), key.batch())) {
            throw new IllegalStateException("ledger row of " + key.platform().wireName() + " batch " + key.batch()
                    + " with " + row.outcomes().length + " devices is not of this snapshot");
        }
    }
}
