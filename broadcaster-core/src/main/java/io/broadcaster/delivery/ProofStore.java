package io.broadcaster.delivery;

import io.broadcaster.campaign.CampaignId;
import java.util.List;
import java.util.Optional;

/** Proofs, by campaign and proof id. Safe for any thread; calls block. */
public interface ProofStore {
    /** Writes or replaces a proof. */
    void put(Proof proof);

    /** One proof. */
    Optional<Proof> find(CampaignId campaign, String proofId);

    /** Every proof of the campaign, of any revision. */
    List<Proof> list(CampaignId campaign);
}
