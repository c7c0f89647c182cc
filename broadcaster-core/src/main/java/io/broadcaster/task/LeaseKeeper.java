package io.broadcaster.task;

import io.broadcaster.task.ConsumerListener.Step;
import io.broadcaster.task.TaskQueue.FailedEntry;
import io.broadcaster.task.TaskQueue.QueueException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Extends the leases of a consumer's messages when a third of their time is gone, ten per call, each call on a virtual
 * thread of its own so that a slow one holds up nobody. Looks at all leases when the next of them is due, at least every
 * {@link #LOOK_EVERY} while there are any; a refused extension loses the lease, a failed call is repeated until the lease
 * runs out. Bound: the consumer's in-flight messages.
 */
final class LeaseKeeper {
    /** Leases that come due within so little go in one call. */
    private static final Duration GATHER = Duration.ofMillis(20);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final int EXTEND_FRACTION = 3;
    private static final int REPEAT_FRACTION = 12;

    private final TaskQueue queue;
    private final Duration visibility;
    private final WaitingClock clock;
    private final ConsumerCounters counters;
    private final ConsumerListener listener;
    private final Map<Long, Lease> leases = new ConcurrentSkipListMap<>();
    private final AtomicLong held = new AtomicLong();
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile Instant nextLook = Instant.MAX;
    private volatile boolean stopped;

    LeaseKeeper(
            TaskQueue queue,
            Duration visibility,
            WaitingClock clock,
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
        stopped = true;
        wakeUps.release();
    }

    /** Takes up a message that was asked for at {@code asked}: no visibility can have begun before. */
    Lease hold(TaskQueue.Receipt receipt, Instant asked) {
        var lease = new Lease(
                held.incrementAndGet(),
                receipt,
                clock,
                new Lease.Term(asked.plus(visibility), asked.plus(visibility.dividedBy(EXTEND_FRACTION))));
        leases.put(lease.ordinal(), lease);
        if (lease.nextChange().isBefore(nextLook)) {
            wakeUps.release();
        }
        return lease;
    }

    void forget(Lease lease) {
        leases.remove(lease.ordinal());
    }

    void revokeAll() {
        leases.values().forEach(Lease::revoke);
    }

    private void keepUntilStopped() {
        try {
            while (!stopped) {
                look();
                waitForTheNext();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A lease that is taken up between the look and the wait finds {@link #nextLook} still in the past, or releases. */
    private void waitForTheNext() throws InterruptedException {
        Instant next = leases.values().stream()
                .map(Lease::nextChange)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        nextLook = next;
        if (leases.isEmpty()) {
            wakeUps.acquire();
        } else {
            Duration left = Duration.between(clock.instant(), next);
            Duration wait = left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY;
            var _ = clock.acquire(wakeUps, 1, wait.compareTo(GATHER) > 0 ? wait : GATHER);
        }
        wakeUps.drainPermits();
    }

    private void look() {
        Instant now = clock.instant();
        var due = new ArrayList<Lease>();
        for (Lease lease : leases.values()) {
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
        if (!leases.containsKey(lease.ordinal())) {
            return; // settled while the call was under way
        }
        counters.extendFailed(1);
        if (entry.senderFault() && lease.lose()) {
            counters.leaseLost();
        }
    }
}
