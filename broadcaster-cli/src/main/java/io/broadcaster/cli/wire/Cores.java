package io.broadcaster.cli.wire;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pins processes to cores with taskset: the client to the first, the peer to the second. */
record Cores(boolean pinned) {
    private static final String TASKSET = "taskset";

    static Cores ofThisMachine() {
        return new Cores(Runtime.getRuntime().availableProcessors() > 1 && installed(TASKSET));
    }

    List<String> client(List<String> line) {
        return on("0", line);
    }

    List<String> peer(List<String> line) {
        return on("1", line);
    }

    /** Whether a program of this name is on the path. */
    static boolean installed(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(folder -> Path.of(folder, program))
                .anyMatch(Files::isExecutable);
    }

    private List<String> on(String core, List<String> line) {
        if (!pinned) {
            return line;
        }
        var all = new ArrayList<>(List.of(TASKSET, "-c", core));
        all.addAll(line);
        return List.copyOf(all);
    }
}
