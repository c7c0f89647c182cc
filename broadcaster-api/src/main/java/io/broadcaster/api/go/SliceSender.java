package io.broadcaster.api.go;

import io.broadcaster.task.Backoff;
import io.broadcaster.task.SliceTask;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.FailedEntry;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.task.TaskQueue.QueueException;
import io.broadcaster.task.WaitingClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * Puts slices into tier 1: ten per call, {@link #CALLS_IN_FLIGHT_MAX} calls at once, only the failed entries of a call
 * repeated and always under the same ids, so that the queue drops what it has already. Safe for any thread; blocks until
 * every slice is in or has used up {@link #ATTEMPTS_MAX}.
 */
public final class SliceSender {
    /** Calls at once, over all launches of this process. */
    public static final int CALLS_IN_FLIGHT_MAX = 32;

    /** Tries per slice and dispatch; the sweeper's next dispatch comes after them. */
    static final int ATTEMPTS_MAX = 6;

    private static final Duration PAUSE_FIRST = Duration.ofMillis(20);
    private static final Duration PAUSE_MOST = Duration.ofMillis(500);

    private final TaskQueue slices;
    private final ExecutorService threads;
    private final SliceTimings timings;
    private final RandomGenerator random;
    private final WaitingClock clock;
    private final Semaphore calls = new Semaphore(CALLS_IN_FLIGHT_MAX);

    public SliceSender(
            TaskQueue slices,
            ExecutorService threads,
            SliceTimings timings,
            RandomGenerator random,
            InstantSource clock) {
        this.slices = slices;
        this.threads = threads;
        this.timings = timings;
        this.random = random;
        this.clock = WaitingClock.of(clock);
    }

    /** Sends all and answers with how many could not be put into the queue: 0 when the dispatch is done. */
    int send(List<SliceTask> tasks) throws InterruptedException {
        var work = new ArrayList<Callable<Integer>>(Math.ceilDiv(tasks.size(), TaskQueue.CALL_MAX));
        for (int from = 0; from < tasks.size(); from += TaskQueue.CALL_MAX) {
            List<SliceTask> call = tasks.subList(from, Math.min(from + TaskQueue.CALL_MAX, tasks.size()));
            work.add(() -> sendCall(call));
        }
        int unsent = 0;
        for (Future<Integer> done : threads.invokeAll(work)) {
            try {
                unsent += done.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a slice call must end in a count", e.getCause());
            }
        }
        return unsent;
    }

    /** Calls that run now, for the gauge. */
    public int callsInFlight() {
        return CALLS_IN_FLIGHT_MAX - calls.availablePermits();
    }

    private int sendCall(List<SliceTask> tasks) throws InterruptedException {
        var backoff = new Backoff(random, PAUSE_FIRST, PAUSE_MOST);
        List<SliceTask> remaining = tasks;
        int hopeless = 0;
        for (int attempt = 1; !remaining.isEmpty(); attempt++) {
            List<FailedEntry> failed = sendOnce(remaining);
            record(remaining, failed);
            hopeless += (int) failed.stream().filter(FailedEntry::senderFault).count();
            List<SliceTask> sent = remaining;
            remaining = failed.stream()
                    .filter(entry -> !entry.senderFault())
                    .map(entry -> sent.get(entry.index()))
                    .toList();
            if (attempt == ATTEMPTS_MAX) {
                break;
            }
            if (!remaining.isEmpty()) {
                clock.sleep(backoff.next());
            }
        }
        return hopeless + remaining.size();
    }

    private List<FailedEntry> sendOnce(List<SliceTask> tasks) throws InterruptedException {
        calls.acquire();
        try {
            return slices.send(tasks.stream()
                    .map(task -> new Outgoing(task.messageId(), TaskCodec.write(task)))
                    .toList());
        } catch (QueueException e) {
            return allFailed(tasks.size());
        } finally {
            calls.release();
        }
    }

    /** The call's effect is unknown: every entry is sent again, and the queue drops those that it has. */
    private static List<FailedEntry> allFailed(int entries) {
        var all = new ArrayList<FailedEntry>(entries);
        for (int i = 0; i < entries; i++) {
            all.add(new FailedEntry(i, "CallFailed", false));
        }
        return all;
    }

    private void record(List<SliceTask> tasks, List<FailedEntry> failed) {
        List<Integer> failedIndexes = failed.stream().map(FailedEntry::index).toList();
        for (int i = 0; i < tasks.size(); i++) {
            if (!failedIndexes.contains(i)) {
                var launch = tasks.get(i).launch();
                Duration sincePress = Duration.between(launch.pressedAt(), clock.instant());
                timings.sliceSent(launch.id(), Math.max(0, sincePress.toNanos() / 1_000));
            }
        }
    }
}
