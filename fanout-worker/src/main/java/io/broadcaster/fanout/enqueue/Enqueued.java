package io.broadcaster.fanout.enqueue;

/** Whether the batches of a slice are in tier 2. */
public sealed interface Enqueued {
    /** Every one is. */
    record All() implements Enqueued {}

    /** {@code missing} are not known to be: the slice must be worked on again. */
    record Unfinished(int missing, Cause cause) implements Enqueued {}

    /** Why some batches are not in tier 2, the gravest of a slice first. */
    enum Cause {
        /** The queue will not take them, however often they are sent. */
        REFUSED,
        /** The queue failed for as long as they were repeated. */
        OUT_OF_TIME,
        /** The slice's lease ended: it is another worker's, or this one is shutting down. */
        LEASE_ENDED
    }
}
