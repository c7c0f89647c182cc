package io.broadcaster.sender.provider.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.sender.send.AnswerSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps the answers and counts what came twice; any thread. */
final class Sink implements AnswerSink {
    final Map<Integer, SendOutcome> answers = new ConcurrentHashMap<>();
    final AtomicInteger repeated = new AtomicInteger();
    final AtomicInteger started = new AtomicInteger();
    private final CountDownLatch left;

    Sink(int expected) {
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

    long left() {
        return left.getCount();
    }

    /** Waits for all, each once. */
    Map<Integer, SendOutcome> await() {
        try {
            assertThat(left.await(10, TimeUnit.SECONDS))
                    .as("without an answer: " + left.getCount())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(repeated).hasValue(0);
        return answers;
    }
}
