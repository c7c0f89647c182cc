package io.broadcaster.cli.faults;

import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignState.Draft;
import io.broadcaster.campaign.CampaignState.Failed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.loadtest.check.JournalChecker;
import io.broadcaster.loadtest.check.LedgerComparison;
import io.broadcaster.loadtest.check.LedgerOutcomes;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.snapshot.LoadedSnapshot;
import java.util.HashSet;
import java.util.Set;

/**
 * Judges finished launches of one stack: first by the simulators' journals and the audience alone, then the ledger against
 * the journals, device by device. Used by one thread.
 */
final class Judge {
    private static final int LOAD_PARALLELISM = 2;

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
        return new Judged(campaign, journals, compare(campaign, journal));
    }

    private LedgerComparison.Result compare(FaultCampaign campaign, Journal journal) {
        Campaign stored = campaign.stored();
        String manifest = SnapshotKeys.manifest(stored.id(), stored.revision());
        String sha256 = armed(stored).snapshot().manifestSha256();
        try (LoadedSnapshot snapshot =
                LoadedSnapshot.load(stack.cloud().objects(), manifest, sha256, LOAD_PARALLELISM)) {
            return LedgerComparison.compare(
                    new LedgerOutcomes(stack.cloud().ledger(), snapshot), journal, campaign.launch());
        }
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
