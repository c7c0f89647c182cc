package io.broadcaster.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's table of contents: every command is one class, named here. */
@Command(
        name = "broadcaster",
        mixinStandardHelpOptions = true,
        version = "broadcaster 0.1.0-SNAPSHOT",
        description = "One press, millions of phones, each exactly once.")
public final class Main implements Runnable {
    Main() {}

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
