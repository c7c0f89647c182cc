package io.broadcaster.testkit;

import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.testkit.contract.CampaignStoreContract;

/** The fake keeps the contract. */
final class FakeCampaignStoreTest extends CampaignStoreContract {
    private final CampaignStore store = new FakeCampaignStore();

    @Override
    protected CampaignStore store() {
        return store;
    }
}
