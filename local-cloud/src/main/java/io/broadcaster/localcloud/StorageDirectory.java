package io.broadcaster.localcloud;

import io.broadcaster.localcloud.LocalCloudConfig.Storage;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The directory behind S3: a kept one stays as it is, a temporary one goes with all its files at close. */
record StorageDirectory(Path path, boolean temporary) implements AutoCloseable {

    static StorageDirectory open(Storage storage) throws IOException {
        return switch (storage) {
            case Storage.Temporary() -> new StorageDirectory(Files.createTempDirectory("broadcaster-s3-"), true);
            case Storage.Kept(Path directory) -> new StorageDirectory(Files.createDirectories(directory), false);
        };
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.walkFileTree(path, new Deleting());
        }
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
