package io.broadcaster.delivery;

import io.broadcaster.campaign.StoreException;
import io.broadcaster.delivery.LedgerStore.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The rules of claiming and recording batches over a {@link LedgerStore}: an epoch per claim, a lease per owner, and no
 * terminal outcome that ever changes. Safe for any thread; blocks as the store does.
 */
public final class Ledger {
    private final LedgerStore store;
    private final String owner;
    private final Duration leaseLength;

    public Ledger(LedgerStore store, String owner, Duration leaseLength) {
        this.store = store;
        this.owner = owner;
        this.leaseLength = leaseLength;
    }

    /** What a claim found. */
    public sealed interface Claim {
        /**
         * The batch is ours under {@code row.epoch()}; {@code first} when no device under PENDING can have been sent:
         * nobody had claimed or recorded the batch, or its last owner {@linkplain #givenBack gave it back}.
         */
        record Granted(LedgerRow row, boolean first) implements Claim {}

        /** Another worker's lease still runs. */
        record Held(LedgerRow row) implements Claim {}

        /** Every device has its outcome: nothing to send. */
        record Settled(LedgerRow row) implements Claim {}
    }

    /**
     * Takes the batch of {@code devices} devices for this worker, until now plus the lease length. A store that fails is asked
     * again while {@code patience} says so; a claim whose answer was lost is known again, and is as good as its answer.
     */
    public Claim claim(BatchKey key, int devices, Instant now, BooleanSupplier patience) {
        Claim.Granted asked = new Claim.Granted(fresh(key, devices, now), true);
        boolean perhapsWritten = false;
        while (true) {
            try {
                Optional<LedgerRow> current = store.read(key);
                if (perhapsWritten && current.isPresent() && isClaim(current.get(), asked.row())) {
                    return asked;
                }
                perhapsWritten = false;
                if (current.isPresent()) {
                    LedgerRow row = current.get();
                    if (row.settled()) {
                        return new Claim.Settled(row);
                    }
                    if (row.leaseUntil().isAfter(now) && !row.owner().equals(owner)) {
                        return new Claim.Held(row);
                    }
                    asked = new Claim.Granted(taken(row, now), row.owner().isEmpty());
                } else {
                    asked = new Claim.Granted(fresh(key, devices, now), true);
                }
                perhapsWritten = true;
                int expected = current.map(LedgerRow::epoch).orElse(LedgerStore.ABSENT);
                if (store.write(asked.row(), expected) == Write.WRITTEN) {
                    return asked;
                }
                perhapsWritten = false;
            } catch (StoreException e) {
                if (!patience.getAsBoolean()) {
                    throw e;
                }
            }
        }
    }

    /** Whether {@code stored} is this claim, and not another one or a record of the same worker. */
    private static boolean isClaim(LedgerRow stored, LedgerRow claim) {
        return stored.epoch() == claim.epoch()
                && stored.owner().equals(claim.owner())
                && stored.leaseUntil().toEpochMilli() == claim.leaseUntil().toEpochMilli()
                && Arrays.equals(stored.outcomes(), claim.outcomes());
    }

    /** The row for a batch that is sent without a claim: the first delivery of a first dispatch, at-least-once. */
    public LedgerRow unclaimed(BatchKey key, int devices, Instant now) {
        return fresh(key, devices, now);
    }

    /** Writes the outcomes of an {@linkplain #unclaimed unclaimed} batch; SUPERSEDED when there is a row already. */
    public Write recordFirst(LedgerRow row) {
        return store.write(row, LedgerStore.ABSENT);
    }

    /**
     * Writes the outcomes of a claimed batch; SUPERSEDED when another worker has written since. The epoch grows with the record
     * too, so that whoever has read the row before cannot write over it.
     */
    public Write recordClaimed(LedgerRow row) {
        return store.write(recorded(row), row.epoch());
    }

    private static LedgerRow recorded(LedgerRow row) {
        return new LedgerRow(
                row.key(),
                row.epoch() + 1,
                row.owner(),
                row.leaseUntil(),
                row.outcomes(),
                row.firstSentAt(),
                row.lastAnsweredAt(),
                row.deadTokens());
    }

    /** The row with its lease ended by an owner who knows that no device under PENDING was sent: record it to give it back. */
    public static LedgerRow givenBack(LedgerRow row) {
        return new LedgerRow(
                row.key(),
                row.epoch(),
                "",
                Instant.EPOCH,
                row.outcomes(),
                row.firstSentAt(),
                row.lastAnsweredAt(),
                row.deadTokens());
    }

    private LedgerRow fresh(BatchKey key, int devices, Instant now) {
        byte[] outcomes = new byte[devices];
        Arrays.fill(outcomes, OutcomeCode.PENDING.code());
        return new LedgerRow(key, 1, owner, now.plus(leaseLength), outcomes, Instant.EPOCH, Instant.EPOCH, List.of());
    }

    private LedgerRow taken(LedgerRow row, Instant now) {
        return new LedgerRow(
                row.key(),
                row.epoch() + 1,
                owner,
                now.plus(leaseLength),
                row.outcomes(),
                row.firstSentAt(),
                row.lastAnsweredAt(),
                row.deadTokens());
    }
}
