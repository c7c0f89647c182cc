package io.broadcaster.fanout;

import io.broadcaster.fanout.enqueue.EnqueueListener;
import io.broadcaster.fanout.enqueue.Enqueued.Unfinished;
import io.broadcaster.fanout.settle.SliceListener;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.SliceTask;
import io.broadcaster.task.TaskQueue.FailedEntry;
import io.broadcaster.task.TaskQueue.QueueException;
import java.time.Duration;
import java.time.Instant;

/** What nobody needs to hear: of rehearsals and of simulated workers. */
public enum Silence implements EnqueueListener, SliceListener {
    INSTANCE;

    @Override
    public void callStarted() {}

    @Override
    public void callEnded(Duration took) {}

    @Override
    public void callFailed(int entries, QueueException cause) {}

    @Override
    public void entryFailed(BatchTask batch, FailedEntry entry) {}

    @Override
    public void sent(BatchTask batch, Instant at) {}

    @Override
    public void finished(SliceTask slice, Duration took) {}

    @Override
    public void unfinished(SliceTask slice, Unfinished how, Duration took) {}

    @Override
    public void unreadable(String why, int receiveCount) {}
}
