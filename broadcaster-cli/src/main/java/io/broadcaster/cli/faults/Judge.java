package io.broadcaster.cli.faults;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignState.Draft;
import io.broadcaster.campaign.CampaignState.Failed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.cli.local.LaunchCheck;
import io.broadcaster.loadtest.check.JournalChecker;
import io.broadcaster.loadtest.provider.journal.Journal;
import java.util.HashSet;
import java.util.Set;

/**
 * Judges finished launches of one stack: first by the simulators' journals and the audience alone, then the ledger against
 * the journals, device by device. Used by one thread.
 */
final class Judge {
    private final FaultStack stack;

    Judge(FaultStack stack) {
        this.stack = stack;
    }

    /** Judges one whose devices all have their outcome. */
    Judged of(FaultCampaign campaign) {
        var others = new HashSet<>(stack.launches());
        others.remove(campaign.launch());
        Journal journal = stack.simulators().journal();
        var launched = new JournalChecker.Launched(campaign.launch(), others, Set.of());
        var journals = JournalChecker.check(journal, campaign.audience().devices(), launched);
        Campaign stored = campaign.stored();
        String sha256 = armed(stored).snapshot().manifestSha256();
        var ledger = LaunchCheck.compare(stack.cloud(), journal, stored.id(), stored.revision(), sha256);
        return new Judged(campaign, journals, ledger);
    }

    private static Armed armed(Campaign campaign) {
        return switch (campaign.state()) {
            case Launched launched -> launched.armed();
            case Completed completed -> completed.armed();
            case Aborted aborted -> aborted.armed();
            case Armed armed -> armed;
            case Draft _, Loading _, Loaded _, Failed _ ->
                throw new IllegalStateException("campaign " + campaign.id() + " was not launched");
        };
    }
}
