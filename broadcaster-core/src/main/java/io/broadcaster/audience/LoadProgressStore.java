package io.broadcaster.audience;

import io.broadcaster.campaign.CampaignId;
import java.util.Optional;

/** The progress of loads, one row per campaign revision. Safe for any thread; calls block. */
public interface LoadProgressStore {
    /** Replaces the progress of a revision. */
    void put(LoadProgress progress);

    /** The progress of a revision. */
    Optional<LoadProgress> find(CampaignId campaign, int revision);
}
