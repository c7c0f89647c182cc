package io.broadcaster.api.progress;

import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.Depth;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many messages wait in every queue, as last read. {@link #refresh} runs on one background thread (its first round
 * also looks the queues up, so that no press has to); {@link #current} is safe for any.
 */
public final class QueueDepths {
    /** How often the depths are read: two calls per queue. */
    public static final Duration REFRESH_EVERY = Duration.ofSeconds(2);

    private final Map<QueueName, TaskQueue> queues;
    private volatile Map<QueueName, Depth> depths = Map.of();

    public QueueDepths(Map<QueueName, TaskQueue> queues) {
        this.queues = Map.copyOf(queues);
    }

    /** Reads every queue. */
    public void refresh() {
        var read = new EnumMap<QueueName, Depth>(QueueName.class);
        queues.forEach((name, queue) -> read.put(name, queue.depth()));
        depths = read;
    }

    /** The depths as last read, in the order of {@link QueueName}; empty before the first round. */
    public Map<QueueName, Depth> current() {
        return depths;
    }
}
