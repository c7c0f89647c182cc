package io.broadcaster.loadtest.snapshot;

import io.broadcaster.audience.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Objects as files of a folder, without a server in between: what a snapshot costs by itself. Not atomic, for measurements
 * by one process only. Safe for any thread.
 */
public final class FileObjects implements ObjectStore {
    private final Path folder;

    public FileObjects(Path folder) {
        this.folder = folder;
    }

    @Override
    public Put putIfAbsent(String key, byte[] content) {
        Path file = file(key);
        if (Files.exists(file)) {
            return Put.ALREADY_THERE;
        }
        try {
            Files.createDirectories(parent(file));
            Files.write(file, content);
            return Put.STORED;
        } catch (IOException e) {
            throw failure("put", key, e);
        }
    }

    @Override
    public Upload upload(String key) {
        try {
            Path file = file(key);
            Files.createDirectories(parent(file));
            return new FileUpload(key, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw failure("open the upload of", key, e);
        }
    }

    @Override
    public OptionalLong size(String key) {
        try {
            Path file = file(key);
            return Files.exists(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
        } catch (IOException e) {
            throw failure("look for", key, e);
        }
    }

    @Override
    public InputStream open(String key) {
        try {
            return Files.newInputStream(existing(key));
        } catch (IOException e) {
            throw failure("open", key, e);
        }
    }

    @Override
    public void read(String key, long offset, ByteBuffer into) {
        try (FileChannel channel = FileChannel.open(existing(key), StandardOpenOption.READ)) {
            long at = offset;
            while (into.hasRemaining()) {
                int read = channel.read(into, at);
                if (read < 0) {
                    throw new MissingObjectException(key);
                }
                at += read;
            }
        } catch (IOException e) {
            throw failure("read", key, e);
        }
    }

    @Override
    public List<String> list(String prefix) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(key -> key.startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw failure("list", prefix, e);
        }
    }

    @Override
    public void deleteAll(String prefix) {
        for (String key :
                list(prefix).stream().sorted(Comparator.reverseOrder()).toList()) {
            try {
                Files.delete(file(key));
            } catch (IOException e) {
                throw failure("delete", key, e);
            }
        }
    }

    private Path file(String key) {
        return folder.resolve(key);
    }

    private Path existing(String key) {
        Path file = file(key);
        if (!Files.exists(file)) {
            throw new MissingObjectException(key);
        }
        return file;
    }

    private Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? folder : parent;
    }

    private static ObjectStoreException failure(String operation, String key, IOException cause) {
        return new ObjectStoreException("cannot " + operation + " " + key, cause);
    }

    /** Bytes appended to a file. */
    private record FileUpload(String key, FileChannel channel) implements Upload {
        @Override
        public void part(ByteBuffer part) {
            try {
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            } catch (IOException e) {
                throw failure("write", key, e);
            }
        }

        @Override
        public Put sealIfAbsent() {
            close();
            return Put.STORED;
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw failure("close", key, e);
            }
        }
    }
}
