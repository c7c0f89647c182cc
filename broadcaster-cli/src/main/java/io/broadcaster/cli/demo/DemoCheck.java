package io.broadcaster.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.cli.local.LaunchCheck;
import io.broadcaster.cli.local.LocalStack;
import io.broadcaster.loadtest.check.JournalChecker;
import io.broadcaster.loadtest.check.LedgerComparison;
import io.broadcaster.loadtest.check.Verdict;
import java.io.PrintWriter;

/**
 * Judges a finished demo. Twice and lost come from the simulators' journals and the audience alone; only then is the ledger
 * held against the journals, device by device.
 */
final class DemoCheck {
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
        LaunchCheck.Result result = new LaunchCheck(stack, audience.testDevices()).of(status, audience.devices());
        JournalChecker.Report journals = result.journals();
        LedgerComparison.Result ledger = result.ledger();
        tell(journals.verdict());
        tell(ledger.verdict());
        return figures(status, journals, launches, ledger.verdict().agrees());
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
