package io.broadcaster.cli.loadtest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM of a simulation: virtual threads on schedulers of our own need a package of the JDK opened, and threads of
 * processes that were killed must be garbage. No other command runs with these flags.
 */
final class SimulationJvm {
    private static final String MARK = "broadcaster.simulation";

    private SimulationJvm() {}

    /** Whether this JVM has the flags. */
    static boolean isThis() {
        return Boolean.getBoolean(MARK);
    }

    /** Runs {@code main} with the same arguments in a JVM that has them; answers with its status. */
    static int run(String main, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Djdk.trackAllThreads=false",
                "-D" + MARK + "=true",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(arguments);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
