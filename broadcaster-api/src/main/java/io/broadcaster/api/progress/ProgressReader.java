package io.broadcaster.api.progress;

import io.broadcaster.api.progress.Status.Outcomes;
import io.broadcaster.api.progress.Status.Progress;
import io.broadcaster.api.progress.Status.StageLine;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignState.Draft;
import io.broadcaster.campaign.CampaignState.Failed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.config.WireName;
import io.broadcaster.delivery.Outcome;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.delivery.ProgressStore;
import io.broadcaster.delivery.Reconciliation;
import io.broadcaster.delivery.Stage;
import io.broadcaster.telemetry.LaunchProgress;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The figures of a launch: counts from the workers while the window is open, from the ledger afterwards. Blocks. */
final class ProgressReader {
    private static final String LIVE = "live";
    private static final String LEDGER = "ledger";

    private final ProgressStore progress;
    private final LedgerTotals ledger;
    private final InstantSource clock;

    ProgressReader(ProgressStore progress, LedgerTotals ledger, InstantSource clock) {
        this.progress = progress;
        this.ledger = ledger;
        this.clock = clock;
    }

    Optional<Progress> of(Campaign campaign) {
        return switch (campaign.state()) {
            case Draft _, Loading _, Loaded _, Armed _, Failed _ -> Optional.empty();
            case Launched(var armed, var launch, var _) ->
                Optional.of(
                        armed.window().contains(clock.instant())
                                ? live(launch.id(), armed.snapshot())
                                : settled(launch.id(), armed.snapshot()));
            case Completed(var armed, var launch, var _) -> Optional.of(settled(launch.id(), armed.snapshot()));
            case Aborted(var armed, var launch, var _, var _) -> Optional.of(settled(launch.id(), armed.snapshot()));
        };
    }

    private Progress live(LaunchId launch, SnapshotSummary snapshot) {
        LaunchProgress figures = LaunchProgress.merge(progress.read(launch));
        return progress(LIVE, snapshot, figures::counts, Optional.empty(), figures);
    }

    private Progress settled(LaunchId launch, SnapshotSummary snapshot) {
        LaunchProgress figures = LaunchProgress.merge(progress.read(launch));
        Reconciliation totals = ledger.of(launch, snapshot);
        int rows = totals.platforms().values().stream()
                .mapToInt(Reconciliation.PlatformTotals::rows)
                .sum();
        Optional<Integer> missing = Optional.of(snapshot.batches() - rows);
        return progress(LEDGER, snapshot, platform -> counts(totals, platform), missing, figures);
    }

    private static OutcomeCounts counts(Reconciliation totals, Platform platform) {
        var side = totals.platforms().get(platform);
        return side == null ? new OutcomeCounts() : side.counts();
    }

    private static Progress progress(
            String source,
            SnapshotSummary snapshot,
            Function<Platform, OutcomeCounts> counts,
            Optional<Integer> outstandingBatches,
            LaunchProgress figures) {
        var total = new OutcomeCounts();
        for (Platform platform : Platform.values()) {
            total.add(counts.apply(platform));
        }
        return new Progress(
                source,
                snapshot.devices(),
                total.terminal(),
                Math.max(0, snapshot.devices() - total.terminal()),
                ByPlatform.of(platform -> outcomes(counts.apply(platform))),
                outcomes(total),
                outstandingBatches,
                press(figures),
                Arrays.stream(Stage.values()).map(stage -> line(figures, stage)).toList());
    }

    private static Outcomes outcomes(OutcomeCounts counts) {
        List<Status.Reason> reasons = Arrays.stream(OutcomeCode.values())
                .filter(code -> code.outcome() == Outcome.REJECTED && counts.of(code) > 0)
                .map(code -> new Status.Reason(code.name(), counts.of(code)))
                .toList();
        return new Outcomes(
                counts.of(Outcome.ACCEPTED),
                counts.of(Outcome.REJECTED),
                counts.of(Outcome.UNREGISTERED),
                counts.of(Outcome.EXPIRED),
                counts.of(Outcome.SUPPRESSED),
                counts.of(Outcome.UNKNOWN),
                reasons);
    }

    private static Status.Press press(LaunchProgress figures) {
        return new Status.Press(
                figures.min(Stage.FIRST_REQUEST),
                figures.min(Stage.ANSWER),
                figures.percentile(Stage.ANSWER, 50),
                figures.percentile(Stage.ANSWER, 95),
                figures.percentile(Stage.ANSWER, 99),
                figures.max(Stage.ANSWER),
                figures.acceptedPerSecond());
    }

    private static StageLine line(LaunchProgress figures, Stage stage) {
        return new StageLine(
                WireName.of(stage),
                figures.count(stage),
                figures.min(stage),
                figures.percentile(stage, 50),
                figures.percentile(stage, 95),
                figures.percentile(stage, 99),
                figures.max(stage));
    }
}
