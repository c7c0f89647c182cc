package io.broadcaster.sender.snapshot;

import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.StateName;
import java.util.EnumSet;
import java.util.Set;

/**
 * Tells the shelf which snapshots are wanted: those of every campaign that is loaded, armed or launched. Done in rounds, of
 * which one that fails leaves the last answer standing.
 */
public record CampaignWatch(CampaignStore campaigns, SnapshotShelf shelf) {
    private static final Set<StateName> WANTED = EnumSet.of(StateName.LOADED, StateName.ARMED, StateName.LAUNCHED);

    /** Looks once. */
    public void look() {
        shelf.want(campaigns.inStates(WANTED).stream()
                .flatMap(campaign -> WantedSnapshot.of(campaign).stream())
                .toList());
    }
}
