package io.broadcaster.sender.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.delivery.SendOutcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps the answers of an attempt and counts what came twice; any thread. */
public final class RecordingSink implements AnswerSink {
    public final Map<Integer, SendOutcome> answers = new ConcurrentHashMap<>();
    public final AtomicInteger repeated = new AtomicInteger();
    public final AtomicInteger started = new AtomicInteger();
    private final CountDownLatch left;

    /** Expects so many answers. */
    public RecordingSink(int expected) {
        left = new CountDownLatch(expected);
    }

    @Override
    public void started() {
        started.incrementAndGet();
    }

    @Override
    public void accepted(int[] positions, int count) {
        for (int i = 0; i < count; i++) {
            answered(positions[i], SendOutcome.ACCEPTED);
        }
    }

    @Override
    public void answered(int position, SendOutcome outcome) {
        if (answers.put(position, outcome) != null) {
            repeated.incrementAndGet();
        }
        left.countDown();
    }

    /** Answers that have not come. */
    public long left() {
        return left.getCount();
    }

    /** Waits for all, each once. */
    public Map<Integer, SendOutcome> await() {
        try {
            assertThat(left.await(1, TimeUnit.MINUTES))
                    .as("without an answer: " + left.getCount())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(repeated).hasValue(0);
        return answers;
    }
}
