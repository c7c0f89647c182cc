package io.broadcaster.api.campaigns;

import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.LaunchId;

/** Renders every content of a spec for its platforms; InvalidInput names the content, the platform and the bytes. */
@FunctionalInterface
public interface PayloadCheck {
    /** {@code launch} stands for the id that the payload will bear; every launch id has the same length. */
    void check(LaunchId launch, CampaignSpec spec);
}
