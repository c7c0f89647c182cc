package io.broadcaster.cli.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * The figures of a demo, as {@code --json} writes them. Times are milliseconds from the press to the provider's answer, but
 * {@code pressToFirstMillis}: to the first request handed to a provider's connection. {@code duplicates} and {@code lost}
 * are judged from the simulators' journals and the audience alone.
 */
record DemoReport(
        long devices,
        long accepted,
        long rejected,
        long unregistered,
        long expired,
        long suppressed,
        long unknown,
        long duplicates,
        long lost,
        int launches,
        int slices,
        int batches,
        double pressToFirstMillis,
        double p50Millis,
        double p95Millis,
        double p99Millis,
        double lastMillis,
        double perSecond,
        boolean ledgerAgreesWithJournals) {

    /** Whether each device was reached exactly once by exactly one launch, and our books say so too. */
    @JsonIgnore
    boolean once() {
        return duplicates == 0
                && lost == 0
                && launches == 1
                && ledgerAgreesWithJournals
                && devices == accepted + rejected + unregistered + expired + suppressed + unknown;
    }

    void print(PrintWriter out) {
        out.println();
        line(out, "audience", devices, "devices");
        line(out, "  accepted", accepted, "");
        line(out, "  rejected", rejected, "");
        line(out, "  unregistered", unregistered, "");
        line(out, "  expired", expired, "");
        line(out, "  suppressed", suppressed, "");
        line(out, "  unknown", unknown, "");
        line(out, "duplicates", duplicates, "");
        line(out, "lost", lost, "");
        line(out, "launches", launches, "");
        line(out, "slices", slices, "");
        line(out, "batches", batches, "");
        millis(out, "press → first request", pressToFirstMillis);
        millis(out, "press → answer, p50", p50Millis);
        millis(out, "press → answer, p95", p95Millis);
        millis(out, "press → answer, p99", p99Millis);
        millis(out, "press → answer, last", lastMillis);
        line(out, "rate", Math.round(perSecond), "answers per second");
        out.println();
        out.println(
                ledgerAgreesWithJournals
                        ? "Ledger and simulators' journals agree to the unit."
                        : "Ledger and simulators' journals DO NOT agree.");
    }

    private static void line(PrintWriter out, String name, long value, String unit) {
        out.println(String.format(Locale.ROOT, "  %-24s %,12d %s", name, value, unit)
                .stripTrailing());
    }

    private static void millis(PrintWriter out, String name, double value) {
        out.println(String.format(Locale.ROOT, "  %-24s %,12.0f ms", name, value));
    }
}
