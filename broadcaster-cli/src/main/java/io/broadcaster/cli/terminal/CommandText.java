package io.broadcaster.cli.terminal;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The command line as it was typed, for reports. */
public final class CommandText {
    private CommandText() {}

    /** The arguments of the root command, after the launcher's name. */
    public static String of(CommandSpec spec) {
        List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
        return "./broadcaster " + String.join(" ", arguments);
    }
}
