package io.broadcaster.api.go;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.StateName;
import java.time.Duration;
import java.util.Set;

/**
 * Finishes what a dead process began: every second it looks for launches whose dispatch is overdue and dispatches them
 * again. Runs in every API process, on one background thread; the conditional write of the repeat decides between them.
 */
public final class Sweeper {
    /** How often it looks. */
    public static final Duration EVERY = Duration.ofSeconds(1);

    private final CampaignStore campaigns;
    private final Dispatches dispatches;

    public Sweeper(CampaignStore campaigns, Dispatches dispatches) {
        this.campaigns = campaigns;
        this.dispatches = dispatches;
    }

    /** Looks once; blocks until the dispatches that it repeats are in the queue or have failed. */
    public void sweep() {
        for (Campaign campaign : campaigns.inStates(Set.of(StateName.LAUNCHED))) {
            if (dispatches.overdue(campaign)) {
                dispatches.repeat(campaign);
            }
        }
    }
}
