package io.broadcaster.task;

import io.broadcaster.task.ConsumerListener.Step;
import io.broadcaster.task.TaskQueue.FailedEntry;
import io.broadcaster.task.TaskQueue.QueueException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Extends the leases of a consumer's messages when a third of their time is gone, ten per call, each call on a virtual
 * thread of its own so that a slow one holds up nobody. Looks at all leases every {@link #TICK_MILLIS}; a refused
 * extension loses the lease, a failed call is repeated until the lease runs out. Bound: the consumer's in-flight messages.
 */
final class LeaseKeeper {
    private static final long TICK_MILLIS = 20;
    private static final int EXTEND_FRACTION = 3;
    private static final int REPEAT_FRACTION = 12;

    private final TaskQueue queue;
    private final Duration visibility;
    private final InstantSource clock;
    private final ConsumerCounters counters;
    private final ConsumerListener listener;
    private final Set<Lease> leases = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);

    LeaseKeeper(
            TaskQueue queue,
            Duration visibility,
            InstantSource clock,
            ConsumerCounters counters,
            ConsumerListener listener) {
        this.queue = queue;
        this.visibility = visibility;
        this.clock = clock;
        this.counters = counters;
        this.listener = listener;
    }

    void start() {
        Thread.ofVirtual().name("lease-keeper").start(this::keepUntilStopped);
    }

    void stop() {
        stopped.countDown();
    }

    /** Takes up a message that was asked for at {@code asked}: no visibility can have begun before. */
    Lease hold(TaskQueue.Receipt receipt, Instant asked) {
        var lease =
                new Lease(receipt, clock, asked.plus(visibility), asked.plus(visibility.dividedBy(EXTEND_FRACTION)));
        leases.add(lease);
        return lease;
    }

    void forget(Lease lease) {
        leases.remove(lease);
    }

    void revokeAll() {
        leases.forEach(Lease::revoke);
    }

    private void keepUntilStopped() {
        try {
            while (!stopped.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        Instant now = clock.instant();
        var due = new ArrayList<Lease>();
        for (Lease lease : leases) {
            if (lease.loseIfRunOut(now)) {
                counters.leaseLost();
            } else if (lease.due(now)) {
                lease.tryAgainAfter(now, visibility.dividedBy(REPEAT_FRACTION));
                due.add(lease);
            }
        }
        for (int from = 0; from < due.size(); from += TaskQueue.CALL_MAX) {
            List<Lease> call = List.copyOf(due.subList(from, Math.min(due.size(), from + TaskQueue.CALL_MAX)));
            Thread.ofVirtual().name("lease-extension").start(() -> extend(call));
        }
    }

    private void extend(List<Lease> call) {
        Instant asked = clock.instant();
        List<FailedEntry> failed;
        try {
            failed = queue.extend(call.stream().map(Lease::receipt).toList(), visibility);
        } catch (QueueException e) {
            listener.failed(Step.EXTEND, e);
            counters.extendFailed(call.size()); // last: who sees the count finds the failure told
            return;
        }
        var extended = new ArrayList<>(call);
        for (FailedEntry entry : failed) {
            Lease lease = call.get(entry.index());
            extended.remove(lease);
            refused(lease, entry);
        }
        extended.forEach(
                lease -> lease.extended(asked.plus(visibility), asked.plus(visibility.dividedBy(EXTEND_FRACTION))));
    }

    private void refused(Lease lease, FailedEntry entry) {
        if (!leases.contains(lease)) {
            return; // settled while the call was under way
        }
        counters.extendFailed(1);
        if (entry.senderFault() && lease.lose()) {
            counters.leaseLost();
        }
    }
}
