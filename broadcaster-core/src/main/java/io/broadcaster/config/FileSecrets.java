package io.broadcaster.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Secrets in files, and no others. A writer replaces a file as a whole (by a rename), or a look may find half of it. */
public final class FileSecrets implements SecretStore {
    @Override
    public Secret read(SecretPlace place) throws SecretException {
        return switch (place) {
            case SecretPlace.InFile(Path file) -> read(file);
            case SecretPlace.Managed _ -> throw new SecretException(place + " can only be read in the cloud");
        };
    }

    private static Secret read(Path file) throws SecretException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw new SecretException("file " + file + " is larger than " + BYTES_MAX + " bytes");
            }
            return Secret.owning(bytes);
        } catch (NoSuchFileException e) {
            throw new SecretException("file " + file + " is not there");
        } catch (IOException e) {
            throw new SecretException(
                    "file " + file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
