package io.broadcaster.testkit;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Ledger rows in memory, conditional on the epoch as the real table. Safe for any thread. */
public final class FakeLedgerStore implements LedgerStore {
    private final Map<BatchKey, LedgerRow> rows = new HashMap<>();
    private final Faults<Call> faults = new Faults<>(Call.class);
    private int writes;

    /** The kinds of call that can be made to fail. */
    public enum Call {
        READ,
        WRITE,
        SCAN
    }

    /** The next {@code times} calls fail before any effect. */
    public void failCalls(Call call, int times) {
        faults.fail(call, times);
    }

    /** The next {@code times} calls have their effect and then fail. */
    public void loseAnswers(Call call, int times) {
        faults.loseAnswers(call, times);
    }

    /** Calls of {@link #write} that reached the store, superseded ones included. */
    public synchronized int writes() {
        return writes;
    }

    @Override
    public Optional<LedgerRow> read(BatchKey key) {
        return faults.around(Call.READ, FakeLedgerStore::failure, () -> readNow(key));
    }

    @Override
    public Write write(LedgerRow row, int expectedEpoch) {
        return faults.around(Call.WRITE, FakeLedgerStore::failure, () -> writeNow(row, expectedEpoch));
    }

    @Override
    public void scan(LaunchId launch, Consumer<LedgerRow> each) {
        faults.around(Call.SCAN, FakeLedgerStore::failure, () -> rowsOf(launch)).forEach(each);
    }

    private synchronized Optional<LedgerRow> readNow(BatchKey key) {
        return Optional.ofNullable(rows.get(key));
    }

    private synchronized Write writeNow(LedgerRow row, int expectedEpoch) {
        writes++;
        LedgerRow current = rows.get(row.key());
        int epoch = current == null ? ABSENT : current.epoch();
        if (epoch == expectedEpoch) {
            rows.put(row.key(), row);
            return Write.WRITTEN;
        }
        boolean ours = current != null
                && current.epoch() == row.epoch()
                && current.owner().equals(row.owner())
                && Arrays.equals(current.outcomes(), row.outcomes());
        return ours ? Write.WRITTEN : Write.SUPERSEDED;
    }

    private synchronized List<LedgerRow> rowsOf(LaunchId launch) {
        return rows.values().stream()
                .filter(row -> row.key().launch().equals(launch))
                .toList();
    }

    private static StoreException failure() {
        return new StoreException("planned fault of the ledger");
    }
}
