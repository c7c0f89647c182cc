package io.broadcaster.fanout.settle;

import io.broadcaster.fanout.enqueue.Enqueued.Unfinished;
import io.broadcaster.task.SliceTask;
import java.time.Duration;

/** Hears what became of slices, for figures and logs. Any thread. */
public interface SliceListener {
    /** Every batch of the slice is in tier 2. */
    void finished(SliceTask slice, Duration took);

    /** Some batches are not: the slice comes again. */
    void unfinished(SliceTask slice, Unfinished how, Duration took);

    /** A message that is no slice, on its {@code receiveCount}th delivery. */
    void unreadable(String why, int receiveCount);
}
