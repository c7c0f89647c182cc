package io.broadcaster.delivery;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
    /** The platforms on which exactly this content was accepted for a test device. */
    public static Set<Platform> acceptedOn(String contentHash, List<Proof> proofs) {
        return proofs.stream()
                .filter(proof -> proof.result() == OutcomeCode.ACCEPTED)
                .filter(proof -> proof.contentHash().equals(contentHash))
                .map(Proof::platform)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The same proof with the provider's answer. */
    public Proof answered(OutcomeCode result) {
        return new Proof(
                id, campaign, revision, contentHash, testDevice, platform, locale, requestedBy, requestedAt, result);
    }
}
