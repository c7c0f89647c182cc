package io.broadcaster.delivery;

import io.broadcaster.campaign.LaunchId;
import java.util.List;

/** The live figures of launches, one row per worker and launch. Safe for any thread; calls block. */
public interface ProgressStore {
    /** Replaces the worker's row of the launch. */
    void write(WorkerProgress progress);

    /** The rows of all workers. */
    List<WorkerProgress> read(LaunchId launch);
}
