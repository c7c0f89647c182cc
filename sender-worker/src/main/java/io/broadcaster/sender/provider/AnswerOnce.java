package io.broadcaster.sender.provider;

import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.sender.send.AnswerSink;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** Makes sure that each position of one attempt is answered exactly once, whoever is first. Safe for any thread. */
public final class AnswerOnce {
    private final int[] positions;
    private final AnswerSink sink;
    private final AtomicLongArray answered;
    private final AtomicInteger left;

    public AnswerOnce(int[] positions, AnswerSink sink) {
        this.positions = positions;
        this.sink = sink;
        answered = new AtomicLongArray(Math.ceilDiv(positions.length, Long.SIZE));
        left = new AtomicInteger(positions.length);
    }

    /** Answers the position under {@code index} unless it was answered; true when this was the attempt's last answer. */
    public boolean answer(int index, SendOutcome outcome) {
        long bit = 1L << (index % Long.SIZE);
        long before = answered.getAndUpdate(index / Long.SIZE, bits -> bits | bit);
        if ((before & bit) != 0) {
            return false;
        }
        sink.answered(positions[index], outcome);
        return left.decrementAndGet() == 0;
    }

    /** Answers every position that has no answer. */
    public void answerRest(SendOutcome outcome) {
        for (int index = 0; index < positions.length; index++) {
            answer(index, outcome);
        }
    }

    /** Whether every position is answered. */
    public boolean complete() {
        return left.get() == 0;
    }
}
