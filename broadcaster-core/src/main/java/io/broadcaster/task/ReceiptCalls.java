package io.broadcaster.task;

import io.broadcaster.task.TaskQueue.FailedEntry;
import io.broadcaster.task.TaskQueue.QueueException;
import io.broadcaster.task.TaskQueue.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Gathers receipts that many threads want deleted or given back into calls of ten, waiting at most 20 ms for company. The
 * first thread of a call makes it for all and the others wait, so that no call waits for another. Failed entries are
 * repeated a few times. Bound: the threads that call, hence the consumer's in-flight messages.
 */
final class ReceiptCalls {
    static final Duration GATHER = Duration.ofMillis(20);
    private static final int TRIES_MAX = 4;
    private static final Duration PAUSE_FIRST = Duration.ofMillis(20);
    private static final Duration PAUSE_MOST = Duration.ofMillis(500);

    private final Function<List<Receipt>, List<FailedEntry>> call;
    private final WaitingClock clock;
    private final RandomGenerator random;
    private final Consumer<QueueException> onFailure;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Gathering gathering;

    ReceiptCalls(
            Function<List<Receipt>, List<FailedEntry>> call,
            WaitingClock clock,
            RandomGenerator random,
            Consumer<QueueException> onFailure) {
        this.call = call;
        this.clock = clock;
        this.random = random;
        this.onFailure = onFailure;
    }

    /** Blocks until the queue has answered; whether it did what was asked. */
    boolean submit(Lease lease) throws InterruptedException {
        Gathering joined;
        boolean leads = false;
        lock.lock();
        try {
            if (gathering == null) {
                gathering = new Gathering();
                leads = true;
            }
            joined = gathering;
            joined.leases.add(lease);
            if (joined.leases.size() == TaskQueue.CALL_MAX) {
                gathering = null;
                joined.full.countDown();
            }
        } finally {
            lock.unlock();
        }
        if (leads) {
            lead(joined);
        } else {
            joined.answered.await();
        }
        return joined.succeeded.contains(lease);
    }

    private void lead(Gathering mine) throws InterruptedException {
        try {
            var _ = clock.await(mine.full, GATHER);
        } finally {
            close(mine);
            try {
                make(mine);
            } finally {
                mine.answered.countDown();
            }
        }
    }

    private void close(Gathering mine) {
        lock.lock();
        try {
            if (gathering == mine) {
                gathering = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void make(Gathering mine) throws InterruptedException {
        var backoff = new Backoff(random, PAUSE_FIRST, PAUSE_MOST);
        List<Lease> pending = List.copyOf(mine.leases);
        var perhapsDone = new HashSet<Lease>();
        for (int tries = 1; tries <= TRIES_MAX && !pending.isEmpty(); tries++) {
            if (tries > 1) {
                clock.sleep(backoff.next());
            }
            pending = once(mine, pending, perhapsDone);
        }
    }

    /** One call; answers with those to repeat. */
    private List<Lease> once(Gathering mine, List<Lease> pending, Set<Lease> perhapsDone) {
        List<FailedEntry> failed;
        try {
            failed = call.apply(pending.stream().map(Lease::receipt).toList());
        } catch (QueueException e) {
            onFailure.accept(e);
            perhapsDone.addAll(pending);
            return pending;
        }
        var done = new HashSet<>(pending);
        var again = new ArrayList<Lease>();
        for (FailedEntry entry : failed) {
            Lease lease = pending.get(entry.index());
            if (!entry.senderFault()) {
                again.add(lease);
                done.remove(lease);
            } else if (!perhapsDone.contains(lease) || !lease.known()) {
                done.remove(lease); // else: refused only because an earlier call, whose answer was lost, has done it
            }
        }
        mine.succeeded.addAll(done);
        return again;
    }

    /** The receipts of one call. {@code leases} is guarded by the lock until closed; {@code succeeded} by the latch. */
    private static final class Gathering {
        private final List<Lease> leases = new ArrayList<>(TaskQueue.CALL_MAX);
        private final Set<Lease> succeeded = new HashSet<>();
        private final CountDownLatch full = new CountDownLatch(1);
        private final CountDownLatch answered = new CountDownLatch(1);
    }
}
