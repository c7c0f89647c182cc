package io.broadcaster.delivery;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import java.time.Instant;

/** One copy of exactly this content for one registered test device, and what the provider said. */
public record Proof(
        String id,
        CampaignId campaign,
        int revision,
        String contentHash,
        String testDevice,
        Platform platform,
        LocaleTag locale,
        String requestedBy,
        Instant requestedAt,
        OutcomeCode result) {
    /** The same proof with the provider's answer. */
    public Proof answered(OutcomeCode result) {
        return new Proof(
                id, campaign, revision, contentHash, testDevice, platform, locale, requestedBy, requestedAt, result);
    }
}
