package io.broadcaster.cli.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that starts this very program once more, under another command. */
public final class OwnProgram {
    /** By name: the root package knows this one, never the other way round. */
    private static final String MAIN_CLASS = "io.broadcaster.cli.Main";

    private OwnProgram() {}

    /** The same Java and class path, with these options of the JVM and these arguments. */
    public static List<String> line(List<String> jvmOptions, List<String> arguments) {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("--enable-native-access=ALL-UNNAMED");
        line.add("--sun-misc-unsafe-memory-access=allow");
        line.addAll(jvmOptions);
        line.add("-cp");
        line.add(System.getProperty("java.class.path"));
        line.add(MAIN_CLASS);
        line.addAll(arguments);
        return List.copyOf(line);
    }
}
