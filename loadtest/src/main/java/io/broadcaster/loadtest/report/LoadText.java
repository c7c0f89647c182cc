package io.broadcaster.loadtest.report;

import io.broadcaster.loadtest.measure.Usage;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** A load report for the terminal. */
public final class LoadText {
    private static final double BYTES_PER_MIB = 1 << 20;
    private static final double MICROS_PER_MILLI = 1_000;
    private static final int ROLES_SHOWN = 12;

    private LoadText() {}

    /** One launch in one line. */
    public static String line(RunFigures run) {
        return String.format(
                Locale.ROOT,
                "p50 %,.0f  p95 %,.0f  p99 %,.0f  last %,.0f ms  first request %,.0f ms  %,.0f/s  %.2f µs CPU each  %s",
                run.press().p50Millis(),
                run.press().p95Millis(),
                run.press().p99Millis(),
                run.press().lastMillis(),
                run.press().firstRequestMillis(),
                run.press().answersPerSecond(),
                cpuMicrosEach(run),
                run.judged().agrees()
                        ? "once each"
                        : "NOT ONCE: " + run.judged().findings());
    }

    /** The whole report; figures are medians of the runs that count. */
    public static void print(LoadReport report, PrintWriter out) {
        RunFigures median = report.median();
        out.println();
        out.println(
                "  median of " + report.runs().size() + " run" + (report.runs().size() == 1 ? "" : "s") + ", transport "
                        + report.setup().transport());
        count(out, "audience", median.devices(), "devices");
        count(out, "  accepted", median.outcomes().accepted(), "");
        count(out, "  rejected", median.outcomes().rejected(), "");
        count(out, "  unregistered", median.outcomes().unregistered(), "");
        count(out, "  expired", median.outcomes().expired(), "");
        count(out, "  suppressed", median.outcomes().suppressed(), "");
        count(out, "  unknown", median.outcomes().unknown(), "");
        count(out, "duplicates", sum(report, RunFigures.Judged::duplicates), "in all runs");
        count(out, "lost", sum(report, RunFigures.Judged::lost), "in all runs");
        count(out, "slices", median.outcomes().slices(), "");
        count(out, "batches", median.outcomes().batches(), "");
        millis(out, "press → first request", median.press().firstRequestMillis());
        millis(out, "press → answer, p50", median.press().p50Millis());
        millis(out, "press → answer, p95", median.press().p95Millis());
        millis(out, "press → answer, p99", median.press().p99Millis());
        millis(out, "press → answer, last", median.press().lastMillis());
        millis(out, "press → ledger complete", median.ledger().completeMillis());
        count(out, "rate", Math.round(median.press().answersPerSecond()), "answers per second");
        cost(median, out);
        out.println();
        out.println(report.machine().line());
        out.println();
        out.println(verdict(report));
    }

    private static void cost(RunFigures median, PrintWriter out) {
        Usage usage = median.usage();
        out.println(String.format(
                Locale.ROOT,
                "  %-24s %,12.0f ms of %d cores, %.0f %% of the wall, %.2f µs each",
                "CPU",
                usage.cpuMillis() + median.tailCpuMillis(),
                usage.cores(),
                100 * usage.cpuMillis() / Math.max(1, usage.wallMillis() * usage.cores()),
                cpuMicrosEach(median)));
        usage.roles().stream()
                .sorted((a, b) -> Double.compare(b.cpuMillis(), a.cpuMillis()))
                .limit(ROLES_SHOWN)
                .forEach(role -> role(out, role, usage.cpuMillis()));
        count(out, "allocated", median.bytesPerNotification(), "bytes each");
        out.println(String.format(
                Locale.ROOT,
                "  %-24s %,12d, %.0f ms in all, %.0f ms the longest",
                "GC pauses",
                usage.collections().count(),
                usage.collections().pauseMillis(),
                usage.collections().pauseMaxMillis()));
        millis(out, "JIT", usage.jitMillis());
        out.println(String.format(
                Locale.ROOT,
                "  %-24s %,12.0f ms from armed to ready; %,.0f MiB off-heap, heap %+,.1f MiB",
                "snapshot",
                median.snapshot().readyMillis(),
                median.snapshot().offHeapBytes() / BYTES_PER_MIB,
                median.snapshot().heapGrowthBytes() / BYTES_PER_MIB));
    }

    private static String verdict(LoadReport report) {
        return report.once()
                ? "Ledger and simulators' journals agree to the unit in every launch."
                : "NOT as it must be: "
                        + report.runs().stream()
                                .flatMap(run -> run.judged().findings().stream())
                                .collect(Collectors.joining("; "));
    }

    private static long sum(LoadReport report, ToLongFunction<RunFigures.Judged> figure) {
        return report.runs().stream().map(RunFigures::judged).mapToLong(figure).sum();
    }

    private static double cpuMicrosEach(RunFigures run) {
        return (run.usage().cpuMillis() + run.tailCpuMillis()) * MICROS_PER_MILLI / run.devices();
    }

    private static void role(PrintWriter out, Usage.RoleCpu role, double total) {
        String name = role.process().isEmpty() ? role.role() : role.process() + ": " + role.role();
        out.println(String.format(
                Locale.ROOT, "    %-24s %,10.0f ms  %4.1f %%", name, role.cpuMillis(), 100 * role.cpuMillis() / total));
    }

    private static void count(PrintWriter out, String name, long value, String unit) {
        out.println(String.format(Locale.ROOT, "  %-24s %,12d %s", name, value, unit)
                .stripTrailing());
    }

    private static void millis(PrintWriter out, String name, double value) {
        out.println(String.format(Locale.ROOT, "  %-24s %,12.0f ms", name, value));
    }
}
