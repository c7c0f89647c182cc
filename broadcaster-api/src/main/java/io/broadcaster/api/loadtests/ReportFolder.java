package io.broadcaster.api.loadtests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of {@code api.load-tests}: its regular files whose names end in {@code .json}, no links, no folders within. At
 * most {@value #FILES_MAX} are listed, the newest; none above {@value #BYTES_MAX} bytes is read. Any thread; blocks.
 */
public final class ReportFolder {
    /** Reports that a list shows. */
    public static final int FILES_MAX = 200;

    /** A report of five runs, each of a quarter of an hour, has two million. */
    public static final int BYTES_MAX = 8 << 20;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.json");

    private final Path folder;

    public ReportFolder(Path folder) {
        this.folder = folder;
    }

    /** One file of the folder. */
    public record Entry(String name, long bytes, Instant modifiedAt) {}

    /** What is there, the newest first; nothing when there is no such folder. */
    public List<Entry> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.flatMap(file -> entry(String.valueOf(file.getFileName())).stream())
                    .sorted(Comparator.comparing(Entry::modifiedAt).reversed().thenComparing(Entry::name))
                    .limit(FILES_MAX)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of load tests cannot be read", e);
        }
    }

    /** The file of this name as it lies; empty when there is none, or it is too large. */
    public Optional<byte[]> read(String name) {
        return entry(name).filter(entry -> entry.bytes() <= BYTES_MAX).map(entry -> {
            try (InputStream in = Files.newInputStream(folder.resolve(entry.name()), LinkOption.NOFOLLOW_LINKS)) {
                return in.readNBytes(BYTES_MAX);
            } catch (IOException e) {
                throw new UncheckedIOException("a report of a load test cannot be read", e);
            }
        });
    }

    private Optional<Entry> entry(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            var file = Files.readAttributes(folder.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return file.isRegularFile()
                    ? Optional.of(
                            new Entry(name, file.size(), file.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (IOException e) { // there is none, or it has just gone
            return Optional.empty();
        }
    }
}
