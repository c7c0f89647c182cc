package io.broadcaster.aws;

import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.testkit.contract.CampaignStoreContract;

/** The adapter keeps the contract over the local cloud. */
final class DynamoCampaignStoreIT extends CampaignStoreContract {
    @Override
    protected CampaignStore store() {
        return SharedCloud.cloud().campaigns();
    }
}
