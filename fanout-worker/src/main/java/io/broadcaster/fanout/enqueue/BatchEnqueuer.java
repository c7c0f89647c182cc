package io.broadcaster.fanout.enqueue;

import io.broadcaster.campaign.Platform;
import io.broadcaster.fanout.enqueue.Enqueued.Cause;
import io.broadcaster.task.Backoff;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.Lease;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.FailedEntry;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.task.TaskQueue.QueueException;
import io.broadcaster.task.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * Puts batches into the tier-2 queue of their platform, ten per call, all calls of a slice at once; {@code callsInFlightMax}
 * bounds the calls of all slices. Failed entries, or all of a failed call, are sent again under the same ids with jittered
 * back-off until {@code retryTime} is over (far below the five minutes for which SQS drops repeats). Any thread; blocks.
 */
public final class BatchEnqueuer {
    private static final Duration PAUSE_FIRST = Duration.ofMillis(20);
    private static final Duration PAUSE_MOST = Duration.ofSeconds(2);

    private final Map<Platform, TaskQueue> queues;
    private final Semaphore callsInFlight;
    private final Duration retryTime;
    private final WaitingClock clock;
    private final RandomGenerator random;
    private final EnqueueListener listener;

    private BatchEnqueuer(Map<Platform, TaskQueue> queues, Limits limits, Surroundings surroundings) {
        this.queues = Map.copyOf(queues);
        this.callsInFlight = new Semaphore(limits.callsInFlightMax());
        this.retryTime = limits.retryTime();
        this.clock = WaitingClock.of(surroundings.clock());
        this.random = surroundings.random();
        this.listener = surroundings.listener();
    }

    /** An enqueuer to the queues of both platforms. */
    public static BatchEnqueuer to(Map<Platform, TaskQueue> queues, Limits limits, Surroundings surroundings) {
        return new BatchEnqueuer(queues, limits, surroundings);
    }

    /** Calls of all slices at once, and how long the batches of a slice are sent again. */
    public record Limits(int callsInFlightMax, Duration retryTime) {}

    /** Time, chance (safe for any thread) and who hears of it. */
    public record Surroundings(InstantSource clock, RandomGenerator random, EnqueueListener listener) {}

    /** Sends batches of one platform; stops when the slice's lease is not held any more. */
    public Enqueued enqueue(List<BatchTask> batches, Lease lease) throws InterruptedException {
        Instant deadline = clock.instant().plus(retryTime);
        var calls = new ArrayList<Call>();
        for (int from = 0; from < batches.size(); from += TaskQueue.CALL_MAX) {
            int to = Math.min(batches.size(), from + TaskQueue.CALL_MAX);
            calls.add(new Call(batches.subList(from, to), lease, deadline));
        }
        List<Thread> threads = calls.stream()
                .map(call -> Thread.ofVirtual().name("batch-call").start(call))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            threads.forEach(Thread::interrupt); // no-op unless this thread was interrupted itself
        }
        return sum(calls);
    }

    private static Enqueued sum(List<Call> calls) {
        int missing = calls.stream().mapToInt(Call::missing).sum();
        Set<Cause> causes = EnumSet.noneOf(Cause.class);
        calls.forEach(call -> causes.addAll(call.causes));
        return missing == 0
                ? new Enqueued.All()
                : new Enqueued.Unfinished(missing, causes.stream().findFirst().orElse(Cause.LEASE_ENDED));
    }

    /** Up to ten batches on their way. Confined to its thread until that ends. */
    private final class Call implements Runnable {
        private final TaskQueue queue;
        private final Lease lease;
        private final Instant deadline;
        private final Set<Cause> causes = EnumSet.noneOf(Cause.class);
        private List<BatchTask> pending;
        private int refused;

        Call(List<BatchTask> batches, Lease lease, Instant deadline) {
            this.queue = Objects.requireNonNull(queues.get(batches.getFirst().platform()));
            this.pending = batches;
            this.lease = lease;
            this.deadline = deadline;
        }

        int missing() {
            return pending.size() + refused;
        }

        @Override
        public void run() {
            var backoff = new Backoff(random, PAUSE_FIRST, PAUSE_MOST);
            try {
                while (!pending.isEmpty() && mayGoOn()) {
                    once();
                    if (!pending.isEmpty()) {
                        clock.sleep(backoff.next());
                    }
                }
            } catch (InterruptedException e) {
                causes.add(Cause.LEASE_ENDED); // the slice's handler was interrupted: the drain time is over
            }
        }

        private boolean mayGoOn() {
            if (!lease.held()) {
                causes.add(Cause.LEASE_ENDED);
                return false;
            }
            if (!clock.instant().isBefore(deadline)) {
                causes.add(Cause.OUT_OF_TIME);
                return false;
            }
            return true;
        }

        private void once() throws InterruptedException {
            List<Outgoing> messages = pending.stream()
                    .map(batch -> new Outgoing(batch.messageId(), TaskCodec.write(batch)))
                    .toList();
            callsInFlight.acquire();
            Instant started = clock.instant();
            listener.callStarted();
            List<FailedEntry> failed;
            try {
                failed = queue.send(messages);
            } catch (QueueException e) {
                listener.callFailed(pending.size(), e);
                return;
            } finally {
                listener.callEnded(Duration.between(started, clock.instant()));
                callsInFlight.release();
            }
            settle(failed);
        }

        private void settle(List<FailedEntry> failed) {
            var sent = new ArrayList<>(pending);
            var again = new ArrayList<BatchTask>();
            for (FailedEntry entry : failed) {
                BatchTask batch = pending.get(entry.index());
                sent.remove(batch);
                listener.entryFailed(batch, entry);
                if (entry.senderFault()) {
                    refused++;
                    causes.add(Cause.REFUSED);
                } else {
                    again.add(batch);
                }
            }
            Instant now = clock.instant();
            sent.forEach(batch -> listener.sent(batch, now));
            pending = again;
        }
    }
}
