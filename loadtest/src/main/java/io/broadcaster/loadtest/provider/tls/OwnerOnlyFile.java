package io.broadcaster.loadtest.provider.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner may read, from the moment that they exist. */
public final class OwnerOnlyFile {
    private OwnerOnlyFile() {}

    /** Makes the directory, if there is none, with access for its owner only. */
    public static void createDirectory(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("directory of the simulators cannot be made: " + directory, e);
        }
    }

    /** Writes the text, replacing a file of that name in one step: a reader finds the old text or the new. */
    public static Path write(Path file, String text) {
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(whole);
            Files.createFile(whole, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(whole, text);
            return Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("file of the simulators cannot be written: " + file, e);
        }
    }
}
