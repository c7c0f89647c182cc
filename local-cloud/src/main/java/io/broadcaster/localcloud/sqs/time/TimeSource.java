package io.broadcaster.localcloud.sqs.time;

/** The time of day, and somebody who calls back when it is reached. Any thread may call. */
public interface TimeSource {
    /** Milliseconds since the epoch; never goes back. */
    long millis();

    /**
     * Runs the task once the time is reached, soon but never inside this call, on a thread of the source's own choice.
     * The task must not block. A source that was closed drops it.
     */
    void wakeAt(long epochMillis, Runnable task);
}
