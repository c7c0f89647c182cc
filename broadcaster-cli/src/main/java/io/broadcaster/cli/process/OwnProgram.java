package io.broadcaster.cli.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line that starts this very program once more, under another command. */
public final class OwnProgram {
    /** By name: the root package knows this one, never the other way round. */
    private static final String MAIN_CLASS = "io.broadcaster.cli.Main";

    private static final String JAR = "broadcaster-cli.jar";

    private OwnProgram() {}

    /** Whether it is in its jar, as it is deployed; a test's folders of classes beside it do not count. */
    public static boolean inJar() {
        return classPath().endsWith(JAR);
    }

    /** The jar, whose manifest names everything else, or the class path of this JVM where there is none. */
    private static String classPath() {
        String all = System.getProperty("java.class.path");
        return Arrays.stream(all.split(File.pathSeparator, -1))
                .filter(entry -> Path.of(entry).endsWith(JAR))
                .findFirst()
                .orElse(all);
    }

    /** The same Java and program, with these options of the JVM and these arguments. */
    public static List<String> line(List<String> jvmOptions, List<String> arguments) {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("--enable-native-access=ALL-UNNAMED");
        line.add("--sun-misc-unsafe-memory-access=allow");
        line.addAll(jvmOptions);
        line.add("-cp");
        line.add(classPath());
        line.add(MAIN_CLASS);
        line.addAll(arguments);
        return List.copyOf(line);
    }
}
