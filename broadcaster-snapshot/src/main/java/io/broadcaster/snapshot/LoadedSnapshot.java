package io.broadcaster.snapshot;

import io.broadcaster.audience.DeviceToken;
import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.ObjectStore.MissingObjectException;
import io.broadcaster.campaign.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * A sealed snapshot in the memory of a sender: payloads on the heap, tokens off it (about 40 bytes per iOS device, 180 per
 * Android one), each part checked against its SHA-256. Safe for any thread; look-ups allocate nothing. It is whole or it is
 * not there: anything wrong is a {@link SnapshotCorruptException}. Closing frees the memory; look-ups then fail.
 */
public final class LoadedSnapshot implements AutoCloseable {
    /** Longest stored token: 200 hex digits are 100 bytes, an Android token has at most 512. */
    public static final int TOKEN_BYTES_MAX = 512;

    /** Bounds what a wrong manifest may cost: one has some 100 bytes per 8 MiB part and at most 5 KB per variant. */
    private static final int MANIFEST_BYTES_MAX = 16 << 20;

    private final Manifest manifest;
    private final Arena arena;
    private final Map<Platform, TokenColumn> columns;

    private LoadedSnapshot(Manifest manifest, Arena arena, Map<Platform, TokenColumn> columns) {
        this.manifest = manifest;
        this.arena = arena;
        this.columns = columns;
    }

    /** Loads the snapshot with {@code parallelism} range reads at a time, or throws and leaves no memory behind. */
    public static LoadedSnapshot load(ObjectStore objects, String manifestKey, String manifestSha256, int parallelism) {
        Manifest manifest = readManifest(objects, manifestKey, manifestSha256);
        Arena arena = Arena.ofShared();
        try {
            var columns = new EnumMap<Platform, TokenColumn>(Platform.class);
            for (Manifest.Column column : manifest.columns()) {
                var memory = PartDownload.fetch(objects, column.tokens(), arena, parallelism);
                columns.put(column.platform(), TokenColumn.index(manifest, column, memory));
            }
            return new LoadedSnapshot(manifest, arena, columns);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    /** Reads the manifest and checks its SHA-256. */
    public static Manifest readManifest(ObjectStore objects, String manifestKey, String manifestSha256) {
        byte[] bytes;
        try (InputStream in = objects.open(manifestKey)) {
            bytes = in.readNBytes(MANIFEST_BYTES_MAX + 1);
        } catch (MissingObjectException e) {
            throw new SnapshotCorruptException(manifestKey, "whole", "must exist", e);
        } catch (IOException e) {
            throw new ObjectStore.ObjectStoreException("cannot read " + manifestKey, e);
        }
        String sha256 = ManifestJson.sha256(bytes);
        if (!sha256.equals(manifestSha256)) {
            throw new SnapshotCorruptException(
                    manifestKey, "whole", "must have SHA-256 " + manifestSha256 + ", but has " + sha256);
        }
        return ManifestJson.read(manifestKey, bytes);
    }

    /** What the snapshot is of. */
    public Manifest manifest() {
        return manifest;
    }

    /** Batches of one platform. */
    public int batches(Platform platform) {
        return column(platform).batches();
    }

    /** Devices of one batch. */
    public int devices(Platform platform, int batch) {
        return column(platform).devices(batch);
    }

    /** The index of the payload variant that every device of the batch is sent. */
    public int variant(Platform platform, int batch) {
        return column(platform).variant(batch);
    }

    /**
     * Copies a token in its stored form (iOS: raw bytes, Android: ASCII) and answers with its length in bytes. {@code into}
     * with {@link #TOKEN_BYTES_MAX} bytes is always large enough.
     */
    public int copyToken(Platform platform, int batch, int position, byte[] into) {
        return column(platform).copyToken(batch, position, into);
    }

    /** A token as its text form. */
    public DeviceToken token(Platform platform, int batch, int position) {
        byte[] bytes = new byte[column(platform).tokenLength(batch, position)];
        copyToken(platform, batch, position, bytes);
        return new DeviceToken(
                switch (platform) {
                    case IOS -> HexFormat.of().formatHex(bytes);
                    case ANDROID -> new String(bytes, StandardCharsets.US_ASCII);
                });
    }

    /** Memory held outside the heap, in bytes. */
    public long bytesOffHeap() {
        return manifest.columns().stream().mapToLong(c -> c.tokens().bytes()).sum();
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private TokenColumn column(Platform platform) {
        TokenColumn column = columns.get(platform);
        if (column == null) {
            throw new IllegalStateException("the manifest has no column of " + platform);
        }
        return column;
    }
}
