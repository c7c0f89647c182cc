package io.broadcaster.localcloud.sqs.queue;

import org.jspecify.annotations.Nullable;

/**
 * A message in a queue, a node of two lists at once: its group's (while it waits) and the queue's by age (always).
 * Owned by the queue and guarded by its lock; what leaves the lock is a {@link Delivery}.
 */
final class StoredMessage extends Due {
    enum State {
        DELAYED,
        VISIBLE,
        IN_FLIGHT,
        GONE
    }

    final Envelope envelope;
    final MessageGroup group;
    final long sequence;

    State state = State.VISIBLE;
    /** Receives in this queue; the redrive policy counts these. */
    int receivesHere;
    /** Grows with every receive, so that an older receipt is known as such. */
    int generation;

    long firstReceivedMillis;
    long receivedMillis;
    /** The receive that may still be repeated by its attempt id. */
    @Nullable ReceiveAttempt attempt;

    @Nullable StoredMessage earlierInGroup;

    @Nullable StoredMessage laterInGroup;

    @Nullable StoredMessage older;

    @Nullable StoredMessage newer;

    StoredMessage(Envelope envelope, MessageGroup group, long sequence) {
        this.envelope = envelope;
        this.group = group;
        this.sequence = sequence;
    }

    int receivesEverywhere() {
        return envelope.receivesElsewhere() + receivesHere;
    }

    /** From now on the attempt id of its receive is no longer good for a repeat. */
    void breakAttempt() {
        if (attempt != null) {
            attempt.invalidate();
            attempt = null;
        }
    }
}
