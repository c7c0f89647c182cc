package io.broadcaster.sender.snapshot;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignState.Draft;
import io.broadcaster.campaign.CampaignState.Failed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.SnapshotSummary;
import java.util.Optional;

/** A sealed snapshot that this sender is to hold. */
public record WantedSnapshot(
        CampaignId campaign, int revision, LaunchId launch, String manifestKey, String manifestSha256) {

    /** The snapshot of the campaign's revision, once it is loaded. */
    public static Optional<WantedSnapshot> of(Campaign campaign) {
        return summary(campaign)
                .map(summary -> new WantedSnapshot(
                        campaign.id(),
                        campaign.revision(),
                        campaign.launchId(),
                        summary.manifestKey(),
                        summary.manifestSha256()));
    }

    private static Optional<SnapshotSummary> summary(Campaign campaign) {
        return switch (campaign.state()) {
            case Loaded loaded -> Optional.of(loaded.snapshot());
            case Armed armed -> Optional.of(armed.snapshot());
            case Launched launched -> Optional.of(launched.armed().snapshot());
            case Completed completed -> Optional.of(completed.armed().snapshot());
            case Aborted aborted -> Optional.of(aborted.armed().snapshot());
            case Draft _, Loading _, Failed _ -> Optional.empty();
        };
    }
}
