package io.broadcaster.task;

import io.broadcaster.task.TaskQueue.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The right to work on one received message, until a time that the consumer keeps moving on. Once it is not held it never
 * is again: the worker must stop by itself, since the queue may have given the message to another. Any thread may ask.
 */
public final class Lease {
    private final long ordinal;
    private final Receipt receipt;
    private final InstantSource clock;
    private volatile Instant until;
    private volatile State state = State.HELD;
    private volatile Instant extendAt;

    private enum State {
        HELD,
        /** Not ours any more: nothing can be said to the queue about it. */
        LOST,
        /** Still ours at the queue, but the consumer's drain time is over. */
        REVOKED
    }

    /** How long it runs, and when it is to be extended. */
    record Term(Instant until, Instant extendAt) {}

    Lease(long ordinal, Receipt receipt, InstantSource clock, Term term) {
        this.ordinal = ordinal;
        this.receipt = receipt;
        this.clock = clock;
        this.until = term.until();
        this.extendAt = term.extendAt();
    }

    /** Its number among the consumer's leases, in the order in which they were taken up. */
    long ordinal() {
        return ordinal;
    }

    /** The earliest time at which the queue may give the message to another, unless the lease is extended before. */
    public Instant until() {
        return until;
    }

    /** Whether the work may go on. */
    public boolean held() {
        return state == State.HELD && clock.instant().isBefore(until);
    }

    Receipt receipt() {
        return receipt;
    }

    /** Whether the queue would still take the receipt. */
    boolean known() {
        return state != State.LOST && clock.instant().isBefore(until);
    }

    /** When it is to be extended or runs out, whichever comes first; never once it is lost. */
    synchronized Instant nextChange() {
        return state == State.LOST ? Instant.MAX : extendAt.isBefore(until) ? extendAt : until;
    }

    synchronized boolean due(Instant now) {
        return state != State.LOST && now.isBefore(until) && !now.isBefore(extendAt);
    }

    synchronized void tryAgainAfter(Instant now, Duration pause) {
        extendAt = now.plus(pause);
    }

    /** The queue has extended it; too late when it had run out by our clock before the answer came. */
    synchronized void extended(Instant newUntil, Instant nextExtension) {
        if (known()) {
            until = newUntil;
            extendAt = nextExtension;
        }
    }

    /** Answers whether this call made it lost. */
    synchronized boolean lose() {
        boolean first = state != State.LOST;
        state = State.LOST;
        return first;
    }

    synchronized void revoke() {
        if (state == State.HELD) {
            state = State.REVOKED;
        }
    }

    /** Answers whether it has run out just now, and makes it lost. */
    synchronized boolean loseIfRunOut(Instant now) {
        return !now.isBefore(until) && lose();
    }
}
