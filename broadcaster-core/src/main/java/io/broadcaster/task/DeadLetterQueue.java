package io.broadcaster.task;

import io.broadcaster.campaign.InvalidInput;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What gave up on one queue, for the person who looks after it. Safe for any thread; calls block;
 * {@link TaskQueue.QueueException} when a call failed.
 */
public interface DeadLetterQueue {
    /** Messages that are put back per second unless somebody asks for another rate. */
    int RATE_DEFAULT = 50;

    /** Least and most messages that are put back per second (SQS). */
    int RATE_MIN = 1;

    int RATE_MAX = 500;

    /** Such a rate, given in the field of that name; {@link InvalidInput} for any other number. */
    static int rate(String field, long perSecond) {
        if (perSecond < RATE_MIN || perSecond > RATE_MAX) {
            throw new InvalidInput(field, "must be a whole number from " + RATE_MIN + " to " + RATE_MAX, perSecond);
        }
        return (int) perSecond;
    }

    /**
     * Reads up to {@code max} messages and gives each back at once: none is consumed, but for some seconds nobody else
     * sees them. In no particular order.
     */
    List<DeadLetter> peek(int max);

    /** Begins to move everything back to the queue it came from, at most {@code perSecond}; false when a move runs already. */
    boolean redrive(int perSecond);

    /** The latest move, or empty when there never was one. */
    Optional<Move> latestMove();

    /** A message that gave up. {@code id} is its group; the body is one of ours and holds no token. */
    record DeadLetter(String id, String body, int receiveCount, Instant sentAt) {}

    /** How far a move is. */
    record Move(State state, long moved, long toMove, String failure) {}

    /** Whether a move goes on. */
    enum State {
        RUNNING,
        COMPLETED,
        CANCELLED,
        FAILED
    }
}
