package io.broadcaster.sender.rehearsal;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.StateName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A store of one campaign, which a sender only reads. Any thread. */
record OneCampaign(Campaign campaign) implements CampaignStore {
    @Override
    public Optional<Campaign> find(CampaignId id) {
        return Optional.of(campaign).filter(known -> known.id().equals(id));
    }

    @Override
    public List<Campaign> inStates(Set<StateName> states) {
        return states.contains(campaign.state().name()) ? List.of(campaign) : List.of();
    }

    @Override
    public WriteResult create(Campaign other) {
        return new WriteResult.Conflict(campaign);
    }

    @Override
    public WriteResult replace(Campaign other) {
        return new WriteResult.Conflict(campaign);
    }

    @Override
    public WriteResult delete(Campaign other) {
        return new WriteResult.Conflict(campaign);
    }
}
