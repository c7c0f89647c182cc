package io.broadcaster.testkit.simulation;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.StateName;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.testkit.simulation.Network.Call;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The campaigns as one process sees them over the network. */
public record RemoteCampaigns(SimulatedProcess caller, Network network, CampaignStore store) implements CampaignStore {
    @Override
    public Optional<Campaign> find(CampaignId id) {
        return network.call(caller, new Call<>("find", () -> store.find(id), StoreException::new));
    }

    @Override
    public WriteResult create(Campaign campaign) {
        return network.call(caller, new Call<>("create", () -> store.create(campaign), StoreException::new));
    }

    @Override
    public WriteResult replace(Campaign campaign) {
        return network.call(caller, new Call<>("replace", () -> store.replace(campaign), StoreException::new));
    }

    @Override
    public WriteResult delete(Campaign campaign) {
        return network.call(caller, new Call<>("remove", () -> store.delete(campaign), StoreException::new));
    }

    @Override
    public List<Campaign> inStates(Set<StateName> states) {
        return network.call(caller, new Call<>("list", () -> store.inStates(states), StoreException::new));
    }
}
