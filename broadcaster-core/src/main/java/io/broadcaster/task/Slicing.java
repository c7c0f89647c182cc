package io.broadcaster.task;

import io.broadcaster.audience.BatchSizing;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import java.util.ArrayList;
import java.util.List;

/**
 * How a launch is cut into slices: runs of consecutive batches of one platform, at least 50 where there are as many
 * batches, and at most {@link #BATCHES_PER_SLICE_MAX} batches each. Pure: every dispatch cuts the same slices.
 */
public final class Slicing {
    /** Bounds the time for which a fan-out worker holds one slice: 20 calls of 10 messages. */
    public static final int BATCHES_PER_SLICE_MAX = 200;

    private Slicing() {}

    /** Batches per slice (the last of a platform may have fewer). */
    public static int batchesPerSlice(SnapshotSummary snapshot) {
        return Math.clamp(snapshot.batches() / BatchSizing.BATCHES_MIN, 1, BATCHES_PER_SLICE_MAX);
    }

    /** Slices of both platforms. */
    public static int count(SnapshotSummary snapshot) {
        int perSlice = batchesPerSlice(snapshot);
        return Math.ceilDiv(snapshot.iosBatches(), perSlice) + Math.ceilDiv(snapshot.androidBatches(), perSlice);
    }

    /** Every slice of the launch, the platforms interleaved so that neither waits for the other. */
    public static List<SliceTask> cut(LaunchFacts launch, SnapshotSummary snapshot) {
        int perSlice = batchesPerSlice(snapshot);
        var slices = new ArrayList<SliceTask>(count(snapshot));
        int most = Math.ceilDiv(Math.max(snapshot.iosBatches(), snapshot.androidBatches()), perSlice);
        for (int index = 0; index < most; index++) {
            for (Platform platform : Platform.values()) {
                int first = index * perSlice;
                int batches = Math.min(perSlice, snapshot.batches(platform) - first);
                if (batches > 0) {
                    slices.add(new SliceTask(launch, platform, index, first, batches));
                }
            }
        }
        return List.copyOf(slices);
    }
}
