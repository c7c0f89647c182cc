package io.broadcaster.cli.faults;

import java.util.List;

/** One row as it came out. */
record RowReport(
        int row, String what, String invariants, boolean green, String figure, List<String> findings, double seconds) {
    RowReport {
        findings = List.copyOf(findings);
    }
}
