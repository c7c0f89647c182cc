package io.broadcaster.cli.demo;

import io.broadcaster.loadtest.measure.Usage;
import io.broadcaster.loadtest.report.LoadReport;
import io.broadcaster.loadtest.report.Machine;
import io.broadcaster.loadtest.report.ReportFiles;
import io.broadcaster.loadtest.report.RunFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** Reports of load tests that nobody ran, as {@code loadtest blast --json} writes them. */
final class SampleReports {
    private static final Instant AT = Instant.parse("2026-11-26T00:00:00Z");

    private SampleReports() {}

    /** Two of them, {@code before.json} and {@code after.json}, in a new folder. */
    static Path in(Path parent) throws IOException {
        Path folder = Files.createDirectory(parent.resolve("load-tests"));
        ReportFiles.json(report(5_600), folder.resolve("before.json"));
        ReportFiles.json(report(3_900), folder.resolve("after.json"));
        return folder;
    }

    private static LoadReport report(double lastMillis) {
        var setup =
                new LoadReport.Setup(2_000_000, 2_000_000, 50, "burst", "alert", 1, 1, false, 4_000_000, 1, List.of());
        var machine = new Machine(
                "a machine", 2, 8L << 30, "Linux", "25", List.of(), "0123456789abcdef", AT, "loadtest blast --ios 2M");
        return LoadReport.of(machine, setup, List.of(), List.of(run(lastMillis)));
    }

    private static RunFigures run(double lastMillis) {
        long buckets = (long) lastMillis / 50;
        List<Long> each = LongStream.range(0, buckets)
                .map(bucket -> 2_000_000 / buckets * (bucket < 10 ? bucket / 10 : 1))
                .boxed()
                .toList();
        return new RunFigures(
                1,
                4_000_000,
                new RunFigures.Outcomes(4_000_000, 0, 0, 0, 0, 0, 60, 12_000),
                new RunFigures.Judged(0, 0, true, List.of()),
                new RunFigures.Press(
                        4, 40, lastMillis / 2, lastMillis * 0.9, lastMillis * 0.97, lastMillis, 4e9 / lastMillis),
                List.of(),
                new RunFigures.Throughput(50, each, each),
                new Usage(
                        lastMillis,
                        2,
                        lastMillis * 1.8,
                        List.of(),
                        List.of(),
                        1,
                        new Usage.Collections(1, 1, 1),
                        1,
                        1,
                        1,
                        1),
                10,
                300,
                new RunFigures.Snapshot(1, 1, 1, 1, 1),
                new RunFigures.LedgerTimes(12_000, lastMillis));
    }
}
