package io.broadcaster.testkit;

import io.broadcaster.task.DeadLetterQueue;
import io.broadcaster.task.TaskQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * A FIFO queue in memory with the rules of SQS in high-throughput mode: deduplication per group for five minutes, group
 * order and lock, visibility by the given clock, receive attempts, a dead-letter queue. A receive waits in real time and
 * notices within {@link #RECHECK_MILLIS} that the clock was moved. Safe for any thread.
 */
public final class FakeTaskQueue implements TaskQueue {
    private static final int MAX_RECEIVE_COUNT = 5;
    private static final long RECHECK_MILLIS = 2;
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition sent = lock.newCondition();
    private final FifoMessages messages;
    private final Faults<Call> faults = new Faults<>(Call.class);
    private final Refusals refusals = new Refusals();

    /** A queue whose messages are dead after five receives. */
    public FakeTaskQueue(InstantSource clock) {
        this(clock, MAX_RECEIVE_COUNT);
    }

    /** A queue whose messages are dead after {@code maxReceiveCount} receives. */
    public FakeTaskQueue(InstantSource clock, int maxReceiveCount) {
        messages = new FifoMessages(clock, maxReceiveCount);
    }

    /** The kinds of call that can be made to fail. */
    public enum Call {
        SEND,
        RECEIVE,
        DELETE,
        EXTEND
    }

    /** The next {@code times} calls fail before any effect. */
    public void failCalls(Call call, int times) {
        faults.fail(call, times);
    }

    /** The next {@code times} calls have their effect and then fail. */
    public void loseAnswers(Call call, int times) {
        faults.loseAnswers(call, times);
    }

    /** The next {@code entries} entries of calls of that kind fail alone, without senderFault, under code InternalError. */
    public void refuseEntries(Call call, int entries) {
        refusals.plan(call, entries);
    }

    /** Bodies of all messages, in flight or not, in the order in which their groups came. */
    public List<String> bodies() {
        return locked(messages::bodies);
    }

    /** Bodies of the messages that gave up. */
    public List<String> deadBodies() {
        return locked(messages::deadBodies);
    }

    /** Messages accepted so far, without the duplicates that were dropped. */
    public long accepted() {
        return locked(messages::accepted);
    }

    @Override
    public List<FailedEntry> send(List<Outgoing> outgoing) {
        requireCallSize(outgoing.size());
        return guarded(Call.SEND, () -> {
            List<FailedEntry> failed = each(Call.SEND, outgoing.size(), index -> messages.send(outgoing.get(index)));
            sent.signalAll();
            return failed;
        });
    }

    @Override
    public List<Received> receive(int max, Duration wait, Duration visibility, UUID attempt) {
        requireCallSize(max);
        if (wait.isNegative() || wait.compareTo(WAIT_MAX) > 0) {
            throw new IllegalArgumentException("wait must be from 0 to 20 s, but was " + wait);
        }
        return guarded(Call.RECEIVE, () -> receiveWaiting(max, wait, visibility, attempt));
    }

    @Override
    public List<FailedEntry> delete(List<Receipt> receipts) {
        requireCallSize(receipts.size());
        return guarded(
                Call.DELETE, () -> each(Call.DELETE, receipts.size(), index -> messages.delete(receipts.get(index))));
    }

    @Override
    public List<FailedEntry> extend(List<Receipt> receipts, Duration visibility) {
        requireCallSize(receipts.size());
        return guarded(
                Call.EXTEND,
                () -> each(Call.EXTEND, receipts.size(), index -> messages.extend(receipts.get(index), visibility)));
    }

    @Override
    public Depth depth() {
        return locked(messages::depth);
    }

    /** What gave up here; a move is over when it has begun. */
    public DeadLetterQueue deadLetters() {
        return new DeadLetterQueue() {
            private volatile Optional<Move> latest = Optional.empty();

            @Override
            public List<DeadLetter> peek(int max) {
                return locked(() -> messages.peekDead(max));
            }

            @Override
            public boolean redrive(int perSecond) {
                long moved = locked(messages::redrive);
                latest = Optional.of(new Move(State.COMPLETED, moved, moved, ""));
                return true;
            }

            @Override
            public Optional<Move> latestMove() {
                return latest;
            }
        };
    }

    private List<Received> receiveWaiting(int max, Duration wait, Duration visibility, UUID attempt) {
        long deadline = System.nanoTime() + wait.toNanos();
        List<Received> received = messages.receive(max, visibility, attempt);
        try {
            while (received.isEmpty() && System.nanoTime() < deadline) {
                long left = deadline - System.nanoTime();
                var _ = sent.awaitNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(RECHECK_MILLIS)));
                received = messages.receive(max, visibility, attempt);
            }
            return received;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueueException("receive was interrupted", e);
        }
    }

    private List<FailedEntry> each(Call call, int entries, IntPredicate effect) {
        var failed = new ArrayList<FailedEntry>();
        for (int index = 0; index < entries; index++) {
            if (refusals.take(call)) {
                failed.add(new FailedEntry(index, "InternalError", false));
            } else if (!effect.test(index)) {
                failed.add(new FailedEntry(index, "InvalidParameterValue", true));
            }
        }
        return failed;
    }

    private <T> T guarded(Call call, Supplier<T> effect) {
        return faults.around(
                call,
                () -> new QueueException("planned fault of " + call, new IllegalStateException("planned")),
                () -> locked(effect));
    }

    private <T> T locked(Supplier<T> effect) {
        lock.lock();
        try {
            return effect.get();
        } finally {
            lock.unlock();
        }
    }

    private static void requireCallSize(int entries) {
        if (entries < 1 || entries > CALL_MAX) {
            throw new IllegalArgumentException("a call takes 1 to " + CALL_MAX + " messages, but was given " + entries);
        }
    }
}
