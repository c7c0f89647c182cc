package io.broadcaster.sender.send;

import io.broadcaster.delivery.LedgerRow.DeadToken;
import java.time.Instant;
import java.util.List;

/**
 * How a run ended: one ledger byte per device. {@code pendingUnsent} says that no device under PENDING can have been sent.
 * The instants are EPOCH while there was no request or no answer. {@code requests} counts every attempt at every device.
 */
@SuppressWarnings("ArrayRecordComponent") // handed over to one ledger row
public record BatchResult(
        byte[] outcomes,
        boolean pendingUnsent,
        Instant firstSentAt,
        Instant lastAnsweredAt,
        List<DeadToken> deadTokens,
        long requests) {
    public BatchResult {
        deadTokens = List.copyOf(deadTokens);
    }
}
