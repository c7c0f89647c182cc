package io.broadcaster.loadtest.snapshot;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.broadcaster.audience.Device;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Lines of text under a compression, a file per platform, read by a thread per file: what one would do without a columnar
 * format. Parsed by hand, straight into off-heap columns like the product's own.
 */
final class TextForm implements SnapshotForm {
    private static final int BUFFER = 1 << 16;

    private final Lines lines;
    private final Path folder;
    private final Map<Platform, Stored> files = new EnumMap<>(Platform.class);

    private TextForm(Lines lines) throws IOException {
        this.lines = lines;
        this.folder = Files.createTempDirectory("broadcaster-text-");
    }

    /** {@code token,variant} with a header, under gzip. */
    static TextForm csvGzip() throws IOException {
        return new TextForm(
                new Lines("token,variant\n", "", ",", GZIPOutputStream::new, in -> new GZIPInputStream(in, BUFFER)));
    }

    /** {@code {"token":"…","variant":0}}, under zstd. */
    static TextForm jsonLinesZstd() throws IOException {
        return new TextForm(
                new Lines("", "{\"token\":\"", "\",\"variant\":", ZstdOutputStream::new, ZstdInputStream::new));
    }

    /** How a line looks: what stands before the token, and what between token and variant. */
    private record Lines(String header, String before, String between, Packing packing, Unpacking unpacking) {}

    private interface Packing {
        OutputStream over(OutputStream out) throws IOException;
    }

    private interface Unpacking {
        InputStream over(InputStream in) throws IOException;
    }

    /** A file, the SHA-256 of its bytes, and how much it holds. */
    @SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest.isEqual alone
    private record Stored(Path file, byte[] sha256, long devices, long tokenBytes) {}

    @Override
    public long write(SyntheticAudience audience) throws IOException {
        long bytes = 0;
        for (Platform platform : Platform.values()) {
            Stored stored = write(platform, audience);
            files.put(platform, stored);
            bytes += Files.size(stored.file());
        }
        return bytes;
    }

    private Stored write(Platform platform, SyntheticAudience audience) throws IOException {
        Path file = folder.resolve(platform.wireName());
        MessageDigest digest = sha256();
        long devices = 0;
        long tokenBytes = 0;
        try (var out = new BufferedOutputStream(
                lines.packing().over(new DigestOutputStream(Files.newOutputStream(file), digest)), BUFFER)) {
            out.write(ascii(lines.header()));
            Iterator<Device> all = audience.devices().iterator();
            while (all.hasNext()) {
                Device device = all.next();
                if (device.platform() == platform) {
                    String token = device.token().value();
                    out.write(ascii(lines.before()
                            + token
                            + lines.between()
                            + (devices & 3)
                            + (lines.before().isEmpty() ? "\n" : "}\n")));
                    devices++;
                    tokenBytes += platform == Platform.IOS ? token.length() / 2 : token.length();
                }
            }
        }
        return new Stored(file, digest.digest(), devices, tokenBytes);
    }

    @Override
    public Tokens load() throws IOException, InterruptedException {
        var columns = new EnumMap<Platform, TextColumn>(Platform.class);
        try (var threads = Executors.newFixedThreadPool(files.size())) {
            var running = new ArrayList<Future<?>>();
            files.forEach((platform, stored) -> {
                var column = new TextColumn(platform, stored.devices(), stored.tokenBytes());
                columns.put(platform, column);
                running.add(threads.submit(() -> read(stored, column)));
            });
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            columns.values().forEach(TextColumn::close);
            throw new IOException("cannot load", e);
        }
        return new TextColumn.Pair(columns);
    }

    private void read(Stored stored, TextColumn column) {
        MessageDigest digest = sha256();
        try (var file = new DigestInputStream(Files.newInputStream(stored.file()), digest);
                var in = lines.unpacking().over(file)) {
            column.fill(in, lines.header().length(), lines.before().length(), (byte)
                    lines.between().charAt(0));
            file.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + stored.file(), e);
        }
        if (!MessageDigest.isEqual(digest.digest(), stored.sha256())) {
            throw new IllegalStateException(stored.file() + " must have the SHA-256 under which it was written");
        }
    }

    @Override
    public void close() throws IOException {
        for (Stored each : List.copyOf(files.values())) {
            Files.delete(each.file());
        }
        Files.delete(folder);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
