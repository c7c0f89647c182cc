package io.broadcaster.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for keys, lists and logs of one run, readable by its owner only and removed at close. */
public record WorkFolder(Path path) implements AutoCloseable {
    /** A new folder under the system's folder for temporary files. */
    public static WorkFolder create() throws IOException {
        return new WorkFolder(Files.createTempDirectory("broadcaster-"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            all.sorted(Comparator.reverseOrder()).forEach(WorkFolder::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file, e);
        }
    }
}
