package io.broadcaster.delivery;

import io.broadcaster.campaign.LaunchId;
import java.util.Optional;
import java.util.function.Consumer;

/** Ledger rows at rest, one per batch. Strongly consistent. Safe for any thread; calls block. */
public interface LedgerStore {
    /** The epoch to expect where there is no row yet. */
    int ABSENT = 0;

    /** The row of a batch. */
    Optional<LedgerRow> read(BatchKey key);

    /**
     * Writes the row if the stored row's epoch is {@code expectedEpoch} ({@link #ABSENT}: if there is none). A repeat of a
     * write whose answer was lost answers WRITTEN when the stored row bears the same epoch, owner and outcomes.
     */
    Write write(LedgerRow row, int expectedEpoch);

    /** Feeds every row of a launch to {@code each}, in no particular order, in constant memory. */
    void scan(LaunchId launch, Consumer<LedgerRow> each);

    /** What became of a conditional write. */
    enum Write {
        WRITTEN,
        SUPERSEDED
    }
}
