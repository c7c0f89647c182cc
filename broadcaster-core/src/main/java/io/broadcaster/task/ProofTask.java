package io.broadcaster.task;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.Platform;

/** Asks a sender to deliver the loaded content to one registered test device. */
public record ProofTask(CampaignId campaign, int revision, String proofId, Platform platform) {
    /** Group and deduplication id. */
    public String messageId() {
        return "proof/" + proofId;
    }
}
