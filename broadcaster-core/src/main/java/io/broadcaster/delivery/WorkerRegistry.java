package io.broadcaster.delivery;

import java.util.List;

/** The heartbeats of all workers. Safe for any thread; calls block. */
public interface WorkerRegistry {
    /** Replaces the worker's status. */
    void heartbeat(WorkerStatus status);

    /** Removes the worker: it has drained. */
    void leave(String worker);

    /** Every status that is there, stale ones included. */
    List<WorkerStatus> all();
}
