package io.broadcaster.api.campaigns;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.Move;

/** What became of a wish to change a campaign. */
public sealed interface Change {
    /** Done; the campaign as stored. */
    record Done(Campaign campaign) implements Change {}

    /** The campaign's state forbids it. */
    record Refused(Move.Refused refusal, Campaign current) implements Change {}

    /** The caller looked at another version than the one that stands. */
    record Stale(Campaign current) implements Change {}

    /** Others kept writing in between; nothing was changed. */
    record Contended(CampaignId id) implements Change {}

    /** The id is taken. */
    record Taken(CampaignId id) implements Change {}

    /** There is no such campaign. */
    record Missing(CampaignId id) implements Change {}
}
