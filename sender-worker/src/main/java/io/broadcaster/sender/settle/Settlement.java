package io.broadcaster.sender.settle;

import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.Ledger;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.LedgerStore.Write;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.sender.send.BatchPlan;
import io.broadcaster.sender.send.BatchResult;
import io.broadcaster.task.Backoff;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.Redrive;
import io.broadcaster.task.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * The ledger's side of a batch. A first delivery under at-least-once is sent first and recorded after; anything else claims
 * the batch before. A record that was overtaken by another worker's is merged: a terminal outcome never changes, and each
 * device is counted by the write that made it terminal. Safe for any thread; blocks as the store does.
 */
public final class Settlement {
    private static final Duration PAUSE_FIRST = Duration.ofMillis(50);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final LedgerStore store;
    private final RandomGenerator random;
    private final WaitingClock clock;
    private final SettlementListener listener;

    /** {@code random} must be safe for any thread. */
    public Settlement(
            Ledger ledger,
            LedgerStore store,
            RandomGenerator random,
            InstantSource clock,
            SettlementListener listener) {
        this.ledger = ledger;
        this.store = store;
        this.random = random;
        this.clock = WaitingClock.of(clock);
        this.listener = listener;
    }

    /** What to do with a batch. */
    public sealed interface Start {
        /** Send what is pending in {@code plan}, then record over {@code row}. */
        record Send(LedgerRow row, boolean claimed, BatchPlan plan) implements Start {}

        /** Another worker has the batch until then. */
        record Held(Instant until) implements Start {}

        /** Every device has its outcome. */
        record Settled() implements Start {}
    }

    /** How the batch's message came: its how-manieth time, when it was sent by the queue's clock, and if it still is ours. */
    public record Delivery(int receiveCount, Instant sentAt, BooleanSupplier held) {}

    /**
     * Decides by the ledger, or without it where nobody can have had the batch before. Fails when the ledger does, for as long
     * as the message is held: an outage must not use up its deliveries.
     */
    public Start begin(BatchTask task, int devices, Delivery delivery) {
        var key = new BatchKey(task.launch().id(), task.platform(), task.batch());
        Instant now = clock.instant();
        if (firstDelivery(task, delivery, now)) {
            LedgerRow row = ledger.unclaimed(key, devices, now);
            return new Start.Send(row, false, plan(task, row, false));
        }
        return switch (ledger.claim(key, devices, now, whileHeld(delivery.held()))) {
            case Ledger.Claim.Held(var row) -> new Start.Held(row.leaseUntil());
            case Ledger.Claim.Settled _ -> new Start.Settled();
            case Ledger.Claim.Granted(var row, boolean first) -> granted(task, row, first, delivery);
        };
    }

    /** By the queue's clock too: a worker whose own is slow must not take a late message for an early one. */
    private static boolean firstDelivery(BatchTask task, Delivery delivery, Instant now) {
        return delivery.receiveCount() == 1
                && !task.mayRepeat()
                && task.launch().dispatch() == 0
                && task.launch().policy() == DeliveryPolicy.AT_LEAST_ONCE
                && now.isBefore(task.launch().pressedAt().plus(Redrive.SAFE_AFTER))
                && !redriven(task, delivery);
    }

    /** Put into its queue so long after the press: the deliveries before it went to the dead-letter queue are not counted. */
    private static boolean redriven(BatchTask task, Delivery delivery) {
        return !delivery.sentAt().isBefore(task.launch().pressedAt().plus(Redrive.SAFE_AFTER));
    }

    /** Waits before the next attempt at a store that fails, unless the message is lost or the process ends: false then. */
    private BooleanSupplier whileHeld(BooleanSupplier held) {
        var backoff = new Backoff(random, PAUSE_FIRST, PAUSE_MAX);
        return () -> {
            boolean goesOn = held.getAsBoolean() && !Thread.currentThread().isInterrupted();
            if (goesOn) {
                clock.park(this, backoff.next());
            }
            return goesOn;
        };
    }

    private static Start granted(BatchTask task, LedgerRow row, boolean first, Delivery delivery) {
        return switch (task.launch().policy()) {
            case AT_LEAST_ONCE -> {
                boolean sentUnclaimed = row.epoch() == 1
                        && (delivery.receiveCount() > 1 || task.mayRepeat() || redriven(task, delivery));
                yield new Start.Send(row, true, plan(task, row, !first || sentUnclaimed));
            }
            case AT_MOST_ONCE -> {
                LedgerRow mine = first ? row : withoutPending(row);
                yield new Start.Send(row, true, plan(task, mine, !first));
            }
        };
    }

    private static BatchPlan plan(BatchTask task, LedgerRow row, boolean maybeSent) {
        return new BatchPlan(
                row.outcomes(), maybeSent, task.launch().policy(), task.launch().notAfter());
    }

    /** What an earlier owner left pending may have been sent by it; at-most-once never sends it again. */
    private static LedgerRow withoutPending(LedgerRow row) {
        byte[] outcomes = row.outcomes().clone();
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == OutcomeCode.PENDING.code()) {
                outcomes[i] = OutcomeCode.UNKNOWN.code();
            }
        }
        return LedgerMerge.with(row, outcomes);
    }

    /**
     * Writes the result, again and again while {@code held} when the store fails. Answers with the devices that this write
     * made terminal, or empty when it could not be written.
     */
    public Optional<OutcomeCounts> record(Start.Send start, BatchResult result, BooleanSupplier held) {
        LedgerRow row = LedgerMerge.finished(start.row(), result);
        BooleanSupplier patience = whileHeld(held);
        while (true) {
            try {
                return Optional.of(write(start, row));
            } catch (StoreException e) {
                listener.recordFailed(e);
                if (!patience.getAsBoolean()) {
                    return Optional.empty();
                }
            }
        }
    }

    private OutcomeCounts write(Start.Send start, LedgerRow row) {
        Write first = start.claimed() ? ledger.recordClaimed(row) : ledger.recordFirst(row);
        return switch (first) {
            case WRITTEN -> LedgerMerge.newlyTerminal(start.row().outcomes(), row.outcomes());
            case SUPERSEDED -> merge(row);
        };
    }

    private OutcomeCounts merge(LedgerRow ours) {
        while (true) {
            Optional<LedgerRow> stored = store.read(ours.key());
            if (stored.isEmpty()) {
                throw new StoreException("ledger row " + ours.key() + " was superseded and is not there");
            }
            LedgerRow merged = LedgerMerge.merge(stored.get(), ours);
            OutcomeCounts added = LedgerMerge.newlyTerminal(stored.get().outcomes(), merged.outcomes());
            if (added.total() == 0 || store.write(merged, stored.get().epoch()) == Write.WRITTEN) {
                listener.superseded(LedgerMerge.terminalInBoth(stored.get(), ours));
                return added;
            }
        }
    }
}
