package io.broadcaster.sender.settle;

import io.broadcaster.delivery.Ledger;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerRow.DeadToken;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.sender.send.BatchResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The arithmetic of ledger rows: a terminal outcome never changes. Pure. */
final class LedgerMerge {
    private static final byte PENDING = OutcomeCode.PENDING.code();

    private LedgerMerge() {}

    static LedgerRow with(LedgerRow row, byte[] outcomes) {
        return new LedgerRow(
                row.key(),
                row.epoch(),
                row.owner(),
                row.leaseUntil(),
                outcomes,
                row.firstSentAt(),
                row.lastAnsweredAt(),
                row.deadTokens());
    }

    /** The row after a run. Its lease ends with the record, so that the next owner of what is left need not wait. */
    static LedgerRow finished(LedgerRow row, BatchResult result) {
        var dead = new ArrayList<>(row.deadTokens());
        dead.addAll(result.deadTokens());
        var finished = new LedgerRow(
                row.key(),
                row.epoch(),
                row.owner(),
                Instant.EPOCH,
                result.outcomes(),
                earliest(row.firstSentAt(), result.firstSentAt()),
                latest(row.lastAnsweredAt(), result.lastAnsweredAt()),
                dead);
        return !finished.settled() && result.pendingUnsent() ? Ledger.givenBack(finished) : finished;
    }

    /** The stored row, which another may own, with our outcomes where it has none; the epoch grows so that the owner notices. */
    static LedgerRow merge(LedgerRow stored, LedgerRow ours) {
        byte[] outcomes = stored.outcomes().clone();
        List<DeadToken> dead = new ArrayList<>(stored.deadTokens());
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == PENDING && ours.outcomes()[i] != PENDING) {
                outcomes[i] = ours.outcomes()[i];
                int position = i;
                ours.deadTokens().stream()
                        .filter(token -> token.position() == position)
                        .forEach(dead::add);
            }
        }
        return new LedgerRow(
                stored.key(),
                stored.epoch() + 1,
                stored.owner(),
                stored.leaseUntil(),
                outcomes,
                earliest(stored.firstSentAt(), ours.firstSentAt()),
                latest(stored.lastAnsweredAt(), ours.lastAnsweredAt()),
                dead);
    }

    static OutcomeCounts newlyTerminal(byte[] before, byte[] after) {
        var counts = new OutcomeCounts();
        for (int i = 0; i < after.length; i++) {
            if (before[i] == PENDING && after[i] != PENDING) {
                counts.add(OutcomeCode.of(after[i]), 1);
            }
        }
        return counts;
    }

    static int terminalInBoth(LedgerRow stored, LedgerRow ours) {
        int both = 0;
        for (int i = 0; i < stored.outcomes().length; i++) {
            both += stored.outcomes()[i] != PENDING && ours.outcomes()[i] != PENDING ? 1 : 0;
        }
        return both;
    }

    private static Instant earliest(Instant a, Instant b) {
        if (a.equals(Instant.EPOCH) || b.equals(Instant.EPOCH)) {
            return a.equals(Instant.EPOCH) ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
