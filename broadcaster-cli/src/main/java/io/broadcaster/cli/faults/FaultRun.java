package io.broadcaster.cli.faults;

import io.broadcaster.cli.local.WorkFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs rows one after the other, each on a stack of its own, and tells what happens. Used by one thread. */
final class FaultRun {
    private static final Logger log = LoggerFactory.getLogger(FaultRun.class);

    private static final int API_PROCESSES = 3;
    private static final int FANOUTS = 2;

    private final FaultPlan plan;
    private final Optional<Path> logs;
    private final PrintWriter out;

    FaultRun(FaultPlan plan, Optional<Path> logs, PrintWriter out) {
        this.plan = plan;
        this.logs = logs;
        this.out = out;
    }

    List<RowReport> of(List<Row> rows) throws Exception {
        var reports = new ArrayList<RowReport>();
        try (WorkFolder folder = WorkFolder.create()) {
            var archive = new ClassArchive(folder.path());
            for (Row row : rows) {
                RowReport report = run(row, archive);
                tell(report);
                reports.add(report);
            }
        }
        return reports;
    }

    private void tell(RowReport report) {
        out.println(String.format(
                Locale.ROOT,
                "row %2d %-5s %5.1f s  %s: %s",
                report.row(),
                report.green() ? "green" : "RED",
                report.seconds(),
                report.what(),
                report.figure()));
        out.flush();
    }

    private RowReport run(Row row, ClassArchive archive) throws Exception {
        long began = System.nanoTime();
        try (WorkFolder work = WorkFolder.create();
                FaultStack stack = FaultStack.start(work.path(), archive)) {
            Row.Seen seen;
            try {
                stack.startShared(API_PROCESSES, FANOUTS);
                seen = row.run(stack, plan);
            } catch (RuntimeException e) { // the other rows go on
                log.warn("row {} broke off", row.number(), e);
                seen = new Row.Seen("broke off", List.of("broke off: " + e));
            } finally {
                keepLogs(row, work.path());
            }
            double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
            return new RowReport(
                    row.number(), row.what(), row.invariants(), seen.green(), seen.figure(), seen.findings(), seconds);
        }
    }

    private void keepLogs(Row row, Path work) throws IOException {
        if (logs.isEmpty()) {
            return;
        }
        Path kept = Files.createDirectories(logs.get().resolve("row-" + row.number()));
        try (Stream<Path> files = Files.list(work)) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
