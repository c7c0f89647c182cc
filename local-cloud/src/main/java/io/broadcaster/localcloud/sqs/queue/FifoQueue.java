package io.broadcaster.localcloud.sqs.queue;

import io.broadcaster.localcloud.sqs.queue.QueueSettings.Redrive;
import io.broadcaster.localcloud.sqs.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One FIFO queue, for any number of threads: one lock around {@link QueueState}, held for microseconds. Answers to
 * receives, and messages for the dead-letter queue, leave after the lock is free, so no two queues' locks are ever held
 * together. No thread ever blocks on a long poll. At most one wake is in force, for whatever is due first.
 */
public final class FifoQueue {
    private static final long NEVER = Long.MAX_VALUE;

    private final String name;
    private final String arn;
    private final TimeSource time;
    private final DeadLetters deadLetters;
    private final QueueState state;
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentLinkedQueue<DeadLetter> outbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean emptyingOutbox = new AtomicBoolean();
    private volatile QueueSettings settings;
    private long wakeMillis = NEVER;

    FifoQueue(String name, String arn, QueueSettings settings, Surroundings surroundings) {
        this.name = name;
        this.arn = arn;
        this.settings = settings;
        this.time = surroundings.time();
        this.deadLetters = surroundings.deadLetters();
        this.state = new QueueState(arn, settings, surroundings.limits(), surroundings.random(), new Outbox());
    }

    /** What every queue of a server shares. */
    record Surroundings(TimeSource time, RandomGenerator random, QueueLimits limits, DeadLetters deadLetters) {}

    private record DeadLetter(String targetArn, Envelope envelope) {}

    /** One step under the lock, at one instant. */
    private interface Step<T extends @Nullable Object> {
        T run(long now, Effects effects);
    }

    /** A receive in progress. Cancelling one that was answered does nothing; a cancelled one is never answered. */
    public interface Ticket {
        void cancel();
    }

    public String name() {
        return name;
    }

    public String arn() {
        return arn;
    }

    public QueueSettings settings() {
        return settings;
    }

    public QueueCounts counts() {
        return locked((now, effects) -> state.counts());
    }

    /** One outcome per draft, in order. All are stored at one instant. */
    public List<SendOutcome> send(List<MessageDraft> drafts) {
        List<String> ids = deduplicationIds(drafts);
        return locked((now, effects) -> {
            List<SendOutcome> outcomes = new ArrayList<>(drafts.size());
            for (int i = 0; i < drafts.size(); i++) {
                outcomes.add(
                        ids.get(i).isEmpty()
                                ? new SendOutcome.Refused(SendOutcome.Why.NO_DEDUPLICATION_ID)
                                : state.send(drafts.get(i), ids.get(i), now));
            }
            return outcomes;
        });
    }

    /** The answer comes once: inside this call when there are messages or no wait, else later on any thread. */
    public Ticket receive(ReceiveRequest request, Consumer<ReceiveOutcome> answer) {
        Waiter waiter = locked((now, effects) -> state.receive(request, answer, now, effects));
        return waiter == null ? () -> {} : () -> cancel(waiter);
    }

    /** One outcome per handle, in order. */
    public List<DeleteOutcome> delete(List<String> receiptHandles) {
        return locked(
                (now, effects) -> receiptHandles.stream().map(state::delete).toList());
    }

    /** One outcome per change, in order. */
    public List<VisibilityOutcome> changeVisibility(List<VisibilityChange> changes) {
        return locked((now, effects) -> changes.stream()
                .map(change -> state.changeVisibility(change.receiptHandle(), change.seconds(), now))
                .toList());
    }

    /** A receipt handle and for how long from now its message stays invisible; 0 brings it back at once. */
    public record VisibilityChange(String receiptHandle, int seconds) {}

    void change(QueueSettings next) {
        settings = next;
        run(effects -> state.change(next));
    }

    void purge() {
        run(effects -> state.purge());
    }

    void close() {
        run(state::close);
    }

    QueueState.TakenOut takeOut(int messagesMax, Predicate<Envelope> mayGo) {
        return locked((now, effects) -> state.takeOut(messagesMax, mayGo));
    }

    /** Takes messages from a move task. */
    void redrive(List<Envelope> envelopes) {
        locked((now, effects) -> {
            envelopes.forEach(envelope -> state.redrive(envelope, now));
            return null;
        });
    }

    /** Takes a dead letter. */
    void adopt(Envelope envelope) {
        locked((now, effects) -> {
            state.adopt(envelope, now);
            return null;
        });
    }

    private void cancel(Waiter waiter) {
        run(effects -> state.cancel(waiter));
    }

    private void run(Consumer<Effects> step) {
        locked((now, effects) -> {
            step.accept(effects);
            return null;
        });
    }

    private <T extends @Nullable Object> T locked(Step<T> step) {
        Effects effects = new Effects();
        T result;
        long wake;
        lock.lock();
        try {
            long now = time.millis();
            state.advance(now, effects);
            result = step.run(now, effects);
            state.serve(now, effects);
            wake = nextWake();
        } finally {
            lock.unlock();
        }
        if (wake != NEVER) {
            time.wakeAt(wake, () -> wake(wake));
        }
        effects.run();
        emptyOutbox();
        return result;
    }

    /** The wake to ask for, or NEVER when the one in force is early enough. */
    private long nextWake() {
        long next = state.nextDueMillis();
        if (next >= wakeMillis) {
            return NEVER;
        }
        wakeMillis = next;
        return next;
    }

    /** A wake that an earlier one replaced does nothing, so wakes do not multiply. */
    private void wake(long millis) {
        lock.lock();
        try {
            if (wakeMillis != millis) {
                return;
            }
            wakeMillis = NEVER;
        } finally {
            lock.unlock();
        }
        run(effects -> {});
    }

    private void emptyOutbox() {
        while (!outbox.isEmpty() && emptyingOutbox.compareAndSet(false, true)) {
            try {
                for (DeadLetter letter = outbox.poll(); letter != null; letter = outbox.poll()) {
                    deadLetters.accept(letter.targetArn(), letter.envelope());
                }
            } finally {
                emptyingOutbox.set(false);
            }
        }
    }

    private List<String> deduplicationIds(List<MessageDraft> drafts) {
        boolean contentBased = settings.contentBasedDeduplication();
        return drafts.stream()
                .map(draft -> draft.deduplicationId().isEmpty() && contentBased
                        ? Digests.sha256Hex(draft.content().body())
                        : draft.deduplicationId())
                .toList();
    }

    /** Whether the queue's dead letters go to that ARN. */
    boolean hasDeadLetterQueue(String targetArn) {
        return settings.redrive() instanceof Redrive.DeadLetter redrive
                && redrive.targetArn().equals(targetArn);
    }

    private final class Outbox implements DeadLetters {
        @Override
        public boolean exists(String targetArn) {
            return deadLetters.exists(targetArn);
        }

        @Override
        public void accept(String targetArn, Envelope envelope) {
            outbox.add(new DeadLetter(targetArn, envelope));
        }
    }
}
