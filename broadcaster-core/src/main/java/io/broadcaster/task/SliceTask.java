package io.broadcaster.task;

import io.broadcaster.campaign.Platform;

/** Tier 1: a run of consecutive batches {@code [firstBatch, firstBatch + batches)} of one platform. */
public record SliceTask(LaunchFacts launch, Platform platform, int index, int firstBatch, int batches) {
    /** Group and deduplication id: the same for every dispatch. */
    public String messageId() {
        return launch.id() + "/1/" + platform.wireName() + "/" + index;
    }
}
