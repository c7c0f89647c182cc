package io.broadcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    @Test
    void version_unpackaged_saysSo() {
        var out = new StringWriter();

        int exitCode = new CommandLine(new Main()).setOut(new PrintWriter(out)).execute("--version");

        assertThat(exitCode).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("broadcaster (not packaged)");
    }

    @Test
    void command_unknown_exitsWithUsageError() {
        var err = new StringWriter();

        int exitCode = new CommandLine(new Main()).setErr(new PrintWriter(err)).execute("lunch");

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("lunch");
    }
}
