package io.broadcaster.fanout.enqueue;

import io.broadcaster.task.BatchTask;
import io.broadcaster.task.TaskQueue.FailedEntry;
import io.broadcaster.task.TaskQueue.QueueException;
import java.time.Duration;
import java.time.Instant;

/** Hears what a {@link BatchEnqueuer} does, for figures and logs. Any thread. */
public interface EnqueueListener {
    /** A call leaves. */
    void callStarted();

    /** A call was answered or failed. */
    void callEnded(Duration took);

    /** A whole call failed; its entries are sent again. */
    void callFailed(int entries, QueueException cause);

    /** One entry failed: sent again unless the fault is ours. */
    void entryFailed(BatchTask batch, FailedEntry entry);

    /** A batch is in tier 2. */
    void sent(BatchTask batch, Instant at);
}
