package io.broadcaster.loadtest.report;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** How cost grows: a row per combination of size, senders and answer time, each the median of its runs. */
public record ScaleReport(Machine machine, List<Row> rows, List<LoadReport> reports) {
    private static final double MICROS_PER_MILLI = 1_000;
    private static final double BYTES_PER_MIB = 1 << 20;

    public ScaleReport {
        rows = List.copyOf(rows);
        reports = List.copyOf(reports);
    }

    /** One combination. Times in milliseconds from the press; CPU of everything, in microseconds per device. */
    public record Row(
            long devices,
            int senders,
            long rttMillis,
            int runs,
            double firstRequestMillis,
            double p50Millis,
            double p95Millis,
            double p99Millis,
            double lastMillis,
            double answersPerSecond,
            double cpuMicrosEach,
            long bytesEach,
            double readyMillis,
            long offHeapBytes,
            long duplicates,
            long lost,
            boolean agrees) {}

    /** The rows of these reports, in their order. */
    public static ScaleReport of(Machine machine, List<LoadReport> reports) {
        return new ScaleReport(machine, reports.stream().map(ScaleReport::row).toList(), reports);
    }

    private static Row row(LoadReport report) {
        RunFigures median = report.median();
        return new Row(
                median.devices(),
                report.setup().senders(),
                report.setup().rttMillis(),
                report.runs().size(),
                median.press().firstRequestMillis(),
                median.press().p50Millis(),
                median.press().p95Millis(),
                median.press().p99Millis(),
                median.press().lastMillis(),
                median.press().answersPerSecond(),
                (median.usage().cpuMillis() + median.tailCpuMillis()) * MICROS_PER_MILLI / median.devices(),
                median.bytesPerNotification(),
                median.snapshot().readyMillis(),
                median.snapshot().offHeapBytes(),
                report.runs().stream()
                        .mapToLong(run -> run.judged().duplicates())
                        .sum(),
                report.runs().stream().mapToLong(run -> run.judged().lost()).sum(),
                report.once());
    }

    /** The table in Markdown, with the command beneath it. */
    public void print(PrintWriter out) {
        out.println("| devices | senders | RTT ms | first request ms | p50 / p95 / p99 / last ms | answers/s |"
                + " CPU µs each | bytes each | ready ms | off-heap MiB | twice / lost |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        for (Row row : rows) {
            out.println(String.format(
                    Locale.ROOT,
                    "| %,d | %d | %d | %.0f | %,.0f / %,.0f / %,.0f / %,.0f | %,.0f | %.2f | %,d | %,.0f | %,.0f | %d / %d |",
                    row.devices(),
                    row.senders(),
                    row.rttMillis(),
                    row.firstRequestMillis(),
                    row.p50Millis(),
                    row.p95Millis(),
                    row.p99Millis(),
                    row.lastMillis(),
                    row.answersPerSecond(),
                    row.cpuMicrosEach(),
                    row.bytesEach(),
                    row.readyMillis(),
                    row.offHeapBytes() / BYTES_PER_MIB,
                    row.duplicates(),
                    row.lost()));
        }
        out.println();
        out.println("`" + machine.command() + "`");
        out.println(machine.line());
    }
}
