package io.broadcaster.task;

import io.broadcaster.campaign.Platform;

/**
 * Tier 2: one batch of the snapshot. {@code mayRepeat} is set when this message may be a second one for the batch (its
 * slice was received more than once, or dispatched again): the sender then consults the ledger first.
 */
public record BatchTask(LaunchFacts launch, Platform platform, int batch, boolean mayRepeat) {
    /** Group and deduplication id: the same for every dispatch. */
    public String messageId() {
        return launch.id() + "/2/" + platform.wireName() + "/" + batch;
    }
}
