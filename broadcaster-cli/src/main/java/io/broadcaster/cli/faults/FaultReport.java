package io.broadcaster.cli.faults;

import io.broadcaster.loadtest.report.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All rows of one run, where they ran, and the run's own command line. */
record FaultReport(Machine machine, List<RowReport> rows) {
    FaultReport {
        rows = List.copyOf(rows);
    }

    boolean green() {
        return rows.stream().allMatch(RowReport::green);
    }

    /** The table, then every finding. */
    void print(PrintWriter out) {
        out.println(table());
        for (RowReport row : rows) {
            row.findings().forEach(finding -> out.println("  FOUND in row " + row.row() + ": " + finding));
        }
        long red = rows.stream().filter(row -> !row.green()).count();
        out.println(red == 0 ? "All " + rows.size() + " rows are green." : red + " rows are red.");
    }

    /** As Markdown. */
    String table() {
        String head = "| row | what happens | invariants | verdict | figure | s |\n|---|---|---|---|---|---|\n";
        return head
                + rows.stream()
                        .map(row -> String.format(
                                Locale.ROOT,
                                "| %d | %s | %s | %s | %s | %.0f |",
                                row.row(),
                                row.what(),
                                row.invariants(),
                                row.green() ? "green" : "RED",
                                row.figure(),
                                row.seconds()))
                        .collect(Collectors.joining("\n"));
    }

    /** Writes the table with the machine and the command above it. */
    void markdown(Path file) throws IOException {
        Files.writeString(file, "`" + machine.command() + "`\n\n" + table() + "\n");
    }
}
