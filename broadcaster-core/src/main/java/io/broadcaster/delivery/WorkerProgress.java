package io.broadcaster.delivery;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import java.time.Instant;
import java.util.Map;

/**
 * What one worker has done for one launch so far: cumulative, so that writing it again is harmless. {@code histograms} are
 * HdrHistograms of microseconds in their compressed V2 encoding. The live view only: the ledger is the truth.
 */
public record WorkerProgress(
        LaunchId launch,
        String worker,
        Map<Platform, OutcomeCounts> counts,
        Map<Stage, byte[]> histograms,
        Instant updatedAt) {
    public WorkerProgress {
        counts = Map.copyOf(counts);
        histograms = Map.copyOf(histograms);
    }
}
