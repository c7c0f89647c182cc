package io.broadcaster.cli.loadtest;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The command line as it was typed, for reports. */
final class CommandText {
    private CommandText() {}

    static String of(CommandSpec spec) {
        List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
        return "./broadcaster " + String.join(" ", arguments);
    }
}
