package io.broadcaster.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.loadtest.check.JournalChecker;
import io.broadcaster.loadtest.check.JournalChecker.Launched;
import io.broadcaster.loadtest.check.LedgerComparison;
import io.broadcaster.loadtest.check.LedgerOutcomes;
import io.broadcaster.loadtest.check.Verdict;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import io.broadcaster.snapshot.LoadedSnapshot;
import java.io.PrintWriter;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges a finished demo. Twice and lost come from the simulators' journals and the audience alone; only then is the ledger
 * held against the journals, device by device.
 */
final class DemoCheck {
    private static final int LOAD_PARALLELISM = 4;

    private final LocalStack stack;
    private final DemoAudience audience;
    private final PrintWriter out;

    DemoCheck(LocalStack stack, DemoAudience audience, PrintWriter out) {
        this.stack = stack;
        this.audience = audience;
        this.out = out;
    }

    /** The figures; {@code status} is the campaign's after its end. Findings of the checks are told on {@code out}. */
    DemoReport report(JsonNode status, int launches) {
        String launch = status.path("launch").path("launch").asText();
        Set<TokenKey> testDevices = audience.testDevices().stream()
                .map(device -> TokenKey.of(device.platform(), device.token()))
                .collect(Collectors.toSet());
        var launched = new Launched(launch, Set.of(), testDevices);
        Journal journal = stack.simulators().journal();
        JournalChecker.Report journals = JournalChecker.check(journal, audience.devices(), launched);
        LedgerComparison.Result ledger = compare(status, journal, launch);
        tell(journals.verdict());
        tell(ledger.verdict());
        return figures(status, journals, launches, ledger.verdict().agrees());
    }

    private LedgerComparison.Result compare(JsonNode status, Journal journal, String launch) {
        var campaign = new CampaignId(status.path("campaign").asText());
        String manifestKey =
                SnapshotKeys.manifest(campaign, status.path("revision").asInt());
        String manifestSha256 = status.path("snapshot").path("manifestSha256").asText();
        try (AwsCloud cloud = stack.cloud();
                LoadedSnapshot snapshot =
                        LoadedSnapshot.load(cloud.objects(), manifestKey, manifestSha256, LOAD_PARALLELISM)) {
            return LedgerComparison.compare(new LedgerOutcomes(cloud.ledger(), snapshot), journal, launch);
        }
    }

    private void tell(Verdict verdict) {
        switch (verdict) {
            case Verdict.Agrees agrees -> out.flush();
            case Verdict.Differs(var findings) -> findings.forEach(finding -> out.println("  FOUND: " + finding));
        }
    }

    private static DemoReport figures(
            JsonNode status, JournalChecker.Report journals, int launches, boolean ledgerAgrees) {
        JsonNode progress = status.path("progress");
        JsonNode total = progress.path("total");
        JsonNode press = progress.path("press");
        return new DemoReport(
                journals.devices(),
                total.path("accepted").asLong(),
                total.path("rejected").asLong(),
                total.path("unregistered").asLong(),
                total.path("expired").asLong(),
                total.path("suppressed").asLong(),
                total.path("unknown").asLong(),
                journals.extraDeliveries(),
                journals.lost(),
                launches,
                status.path("launch").path("slices").asInt(),
                status.path("launch").path("batches").asInt(),
                press.path("firstRequestMillis").asDouble(),
                press.path("p50Millis").asDouble(),
                press.path("p95Millis").asDouble(),
                press.path("p99Millis").asDouble(),
                press.path("lastMillis").asDouble(),
                press.path("acceptedPerSecond").asDouble(),
                ledgerAgrees && journals.verdict().agrees());
    }
}
