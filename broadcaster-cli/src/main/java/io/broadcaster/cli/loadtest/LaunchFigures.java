package io.broadcaster.cli.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.cli.local.LaunchCheck;
import io.broadcaster.loadtest.check.Verdict;
import io.broadcaster.loadtest.measure.Usage;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.report.JournalBuckets;
import io.broadcaster.loadtest.report.RunFigures;
import io.broadcaster.loadtest.report.RunFigures.Judged;
import io.broadcaster.loadtest.report.RunFigures.LedgerTimes;
import io.broadcaster.loadtest.report.RunFigures.Outcomes;
import io.broadcaster.loadtest.report.RunFigures.Press;
import io.broadcaster.loadtest.report.RunFigures.Snapshot;
import io.broadcaster.loadtest.report.RunFigures.StageTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Draws the figures of one launch together: the API's final status, the judges' findings, what was measured around it. */
final class LaunchFigures {
    private static final double MILLIS_PER_SECOND = 1_000.0;

    private final JsonNode status;
    private final LaunchCheck.Result judged;
    private final Journal journal;

    LaunchFigures(JsonNode status, LaunchCheck.Result judged, Journal journal) {
        this.status = status;
        this.judged = judged;
        this.journal = journal;
    }

    /** What the load test measured itself. */
    record Measured(double goCallMillis, Usage usage, double tailCpuMillis, Snapshot snapshot) {}

    RunFigures of(int run, Measured measured) {
        long devices = judged.journals().devices();
        JsonNode launch = status.path("launch");
        Instant pressedAt = Instant.parse(launch.path("pressedAt").asText());
        return new RunFigures(
                run,
                devices,
                outcomes(launch),
                findings(),
                press(measured.goCallMillis(), devices),
                stages(),
                JournalBuckets.of(journal, launch.path("launch").asText(), pressedAt),
                measured.usage(),
                measured.tailCpuMillis(),
                measured.usage().allocatedBytes() / devices,
                measured.snapshot(),
                ledger(pressedAt));
    }

    private Outcomes outcomes(JsonNode launch) {
        JsonNode total = status.path("progress").path("total");
        return new Outcomes(
                total.path("accepted").asLong(),
                total.path("rejected").asLong(),
                total.path("unregistered").asLong(),
                total.path("expired").asLong(),
                total.path("suppressed").asLong(),
                total.path("unknown").asLong(),
                launch.path("slices").asInt(),
                launch.path("batches").asInt());
    }

    private Judged findings() {
        var findings = new ArrayList<String>();
        for (Verdict verdict :
                List.of(judged.journals().verdict(), judged.ledger().verdict())) {
            switch (verdict) {
                case Verdict.Agrees _ -> {}
                case Verdict.Differs(var found) -> findings.addAll(found);
            }
        }
        return new Judged(judged.journals().extraDeliveries(), judged.journals().lost(), judged.agrees(), findings);
    }

    private Press press(double goCallMillis, long devices) {
        JsonNode press = status.path("progress").path("press");
        double lastMillis = press.path("lastMillis").asDouble();
        return new Press(
                goCallMillis,
                press.path("firstRequestMillis").asDouble(),
                press.path("p50Millis").asDouble(),
                press.path("p95Millis").asDouble(),
                press.path("p99Millis").asDouble(),
                lastMillis,
                devices * MILLIS_PER_SECOND / Math.max(lastMillis, 1));
    }

    private List<StageTimes> stages() {
        var stages = new ArrayList<StageTimes>();
        for (JsonNode stage : status.path("progress").path("stages")) {
            stages.add(new StageTimes(
                    stage.path("stage").asText(),
                    stage.path("count").asLong(),
                    stage.path("firstMillis").asDouble(),
                    stage.path("p50Millis").asDouble(),
                    stage.path("p95Millis").asDouble(),
                    stage.path("p99Millis").asDouble(),
                    stage.path("lastMillis").asDouble()));
        }
        return stages;
    }

    private LedgerTimes ledger(Instant pressedAt) {
        Instant completedAt = Instant.parse(status.path("ending").path("at").asText());
        long rows = status.path("launch").path("batches").asLong()
                - status.path("progress").path("outstandingBatches").asLong();
        return new LedgerTimes(rows, Duration.between(pressedAt, completedAt).toMillis());
    }
}
