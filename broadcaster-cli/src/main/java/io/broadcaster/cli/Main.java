package io.broadcaster.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's table of contents: every command is one class, named here. */
@Command(
        name = "broadcaster",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
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

    /** The version in the jar's manifest; classes that run outside of a jar have none. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                    .orElse("(not packaged)");
            return new String[] {"broadcaster " + version};
        }
    }
}
