package io.broadcaster.delivery;

import java.time.Instant;
import java.util.List;

/**
 * What became of one batch: {@code outcomes} holds one {@link OutcomeCode} byte per device (the array is shared, never
 * changed after the row is made). {@code epoch} counts claims and records and guards every write; {@code owner} is the worker that
 * holds the batch until {@code leaseUntil}. {@code firstSentAt} and {@code lastAnsweredAt} are EPOCH while there is none.
 */
@SuppressWarnings("ArrayRecordComponent") // 12,000 rows of 500 bytes: shared by contract, never compared
public record LedgerRow(
        BatchKey key,
        int epoch,
        String owner,
        Instant leaseUntil,
        byte[] outcomes,
        Instant firstSentAt,
        Instant lastAnsweredAt,
        List<DeadToken> deadTokens) {
    public LedgerRow {
        deadTokens = List.copyOf(deadTokens);
    }

    /** Whether every device has its terminal outcome. */
    public boolean settled() {
        return count(OutcomeCode.PENDING) == 0;
    }

    /** Devices under one code. */
    public int count(OutcomeCode code) {
        int count = 0;
        for (byte outcome : outcomes) {
            if (outcome == code.code()) {
                count++;
            }
        }
        return count;
    }

    /** A device of the batch whose token is dead, and since when by the provider's clock. */
    public record DeadToken(int position, Instant since) {}
}
