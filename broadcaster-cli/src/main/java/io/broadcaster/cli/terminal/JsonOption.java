package io.broadcaster.cli.terminal;

import io.broadcaster.loadtest.report.ReportFiles;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a measurement's figures go besides the terminal. */
public final class JsonOption {
    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file.")
    private Optional<Path> file = Optional.empty();

    /** Writes the report if it was asked for. */
    public void write(Object report) {
        file.ifPresent(path -> ReportFiles.json(report, path));
    }
}
