package io.broadcaster.testkit;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.StateName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A store behind another; a test overrides the call that it wants to meddle with or to hold up. As safe for threads as the store. */
public abstract class ForwardingCampaignStore implements CampaignStore {
    private final CampaignStore store;

    protected ForwardingCampaignStore(CampaignStore store) {
        this.store = store;
    }

    @Override
    public Optional<Campaign> find(CampaignId id) {
        return store.find(id);
    }

    @Override
    public WriteResult create(Campaign campaign) {
        return store.create(campaign);
    }

    @Override
    public WriteResult replace(Campaign campaign) {
        return store.replace(campaign);
    }

    @Override
    public WriteResult delete(Campaign campaign) {
        return store.delete(campaign);
    }

    @Override
    public List<Campaign> inStates(Set<StateName> states) {
        return store.inStates(states);
    }
}
