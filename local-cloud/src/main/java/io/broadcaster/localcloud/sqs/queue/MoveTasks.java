package io.broadcaster.localcloud.sqs.queue;

import io.broadcaster.localcloud.sqs.queue.MoveTask.Status;
import io.broadcaster.localcloud.sqs.time.TimeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Moves messages out of dead-letter queues in small steps, each on a wake, in the order the messages lie there. A group
 * with a message in flight is not touched. One task per source at a time; the last ten per source are remembered.
 * Any thread may call.
 */
public final class MoveTasks {
    /** SQS API reference, ListMessageMoveTasks: up to ten. */
    private static final int REMEMBERED_PER_SOURCE_MAX = 10;
    /** Messages moved in one step, so that a step stays short. */
    private static final int CHUNK_MAX = 500;

    private final QueueRegistry registry;
    private final TimeSource time;
    private final RandomGenerator random;
    private final Map<String, LinkedHashMap<String, MoveTask>> bySource = new HashMap<>();

    public MoveTasks(QueueRegistry registry, TimeSource time, RandomGenerator random) {
        this.registry = registry;
        this.time = time;
        this.random = random;
    }

    /** Null when the source already has a running task. The arguments name queues that exist. */
    public synchronized @Nullable MoveTask start(String sourceArn, String destinationArn, int messagesPerSecond) {
        bySource.keySet().removeIf(arn -> registry.findByArn(arn) == null);
        RegisteredQueue source = registry.findByArn(sourceArn);
        LinkedHashMap<String, MoveTask> tasks = bySource.computeIfAbsent(sourceArn, arn -> new LinkedHashMap<>());
        if (source == null || tasks.values().stream().anyMatch(MoveTask::isRunning)) {
            return null;
        }
        MoveTask task = new MoveTask(
                Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()),
                sourceArn,
                destinationArn,
                messagesPerSecond,
                Status.RUNNING,
                0,
                source.queue().counts().visible(),
                time.millis(),
                "");
        tasks.put(task.handle(), task);
        if (tasks.size() > REMEMBERED_PER_SOURCE_MAX) {
            tasks.pollFirstEntry();
        }
        time.wakeAt(task.startedMillis(), () -> step(task.sourceArn(), task.handle()));
        return task;
    }

    /** The most recent first. */
    public synchronized List<MoveTask> list(String sourceArn) {
        LinkedHashMap<String, MoveTask> tasks = bySource.get(sourceArn);
        return tasks == null
                ? List.of()
                : new ArrayList<>(tasks.sequencedValues().reversed());
    }

    /** What came of a cancel. */
    public sealed interface Cancellation {
        /** It runs no more; what was moved stays moved. */
        record Cancelled(int moved) implements Cancellation {}

        /** It had ended before. */
        record NotRunning() implements Cancellation {}

        /** No task has that handle. */
        record Unknown() implements Cancellation {}
    }

    public synchronized Cancellation cancel(String handle) {
        for (LinkedHashMap<String, MoveTask> tasks : bySource.values()) {
            MoveTask task = tasks.get(handle);
            if (task != null) {
                if (!task.isRunning()) {
                    return new Cancellation.NotRunning();
                }
                tasks.put(handle, task.ended(Status.CANCELLED, ""));
                return new Cancellation.Cancelled(task.moved());
            }
        }
        return new Cancellation.Unknown();
    }

    private synchronized void step(String sourceArn, String handle) {
        LinkedHashMap<String, MoveTask> tasks = bySource.get(sourceArn);
        if (tasks == null) {
            return;
        }
        MoveTask task = tasks.get(handle);
        if (task == null || !task.isRunning()) {
            return;
        }
        MoveTask next = moveSome(task);
        tasks.put(handle, next);
        if (next.isRunning()) {
            time.wakeAt(next.nextMillis(time.millis()), () -> step(sourceArn, handle));
        }
    }

    private MoveTask moveSome(MoveTask task) {
        RegisteredQueue source = registry.findByArn(task.sourceArn());
        if (source == null) {
            return task.ended(Status.FAILED, "AWS.SimpleQueueService.NonExistentQueue");
        }
        QueueState.TakenOut taken = source.queue()
                .takeOut(task.allowance(time.millis(), CHUNK_MAX), envelope -> destination(task, envelope) != null);
        handOver(task, taken.messages());
        MoveTask next = task.moved(taken.messages().size());
        return switch (taken.next()) {
            case BLOCKED -> next.ended(Status.FAILED, "CouldNotDetermineMessageSource");
            case NOTHING_READY -> next.ended(Status.COMPLETED, "");
            case MORE -> next.moved() >= next.toMove() ? next.ended(Status.COMPLETED, "") : next;
        };
    }

    private void handOver(MoveTask task, List<Envelope> envelopes) {
        Map<RegisteredQueue, List<Envelope>> byDestination = new LinkedHashMap<>();
        for (Envelope envelope : envelopes) {
            RegisteredQueue destination = destination(task, envelope);
            if (destination != null) {
                byDestination
                        .computeIfAbsent(destination, queue -> new ArrayList<>())
                        .add(envelope);
            }
        }
        byDestination.forEach((destination, batch) -> destination.queue().redrive(batch));
    }

    private @Nullable RegisteredQueue destination(MoveTask task, Envelope envelope) {
        return registry.findByArn(
                task.destinationArn().isEmpty() ? envelope.deadLetterSourceArn() : task.destinationArn());
    }
}
