package io.broadcaster.task;

import io.broadcaster.campaign.CampaignId;

/** Asks a loader for the snapshot of one campaign revision. */
public record LoadTask(CampaignId campaign, int revision) {
    /** Group and deduplication id: one load at a time per campaign; {@code version} tells a repeated request from a new one. */
    public String messageId(long version) {
        return "load/" + campaign + "/" + revision + "/" + version;
    }
}
