package io.broadcaster.api.campaigns;

import io.broadcaster.api.campaigns.Audiences.Encoding;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.ObjectStore.Put;
import io.broadcaster.audience.ObjectStore.Upload;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.AudienceSource.Compression;
import io.broadcaster.campaign.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One upload under way: a part in memory, the SHA-256 and the size so far. Closing it before it is stored aborts the
 * upload, so that nothing half-written shows. One thread.
 */
final class AudienceUpload implements AutoCloseable {
    /** Bytes of one part, and of the memory of one upload. */
    static final int PART_BYTES = 8 << 20;

    private static final int MAGIC_BYTES = 4;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    private final Upload upload;
    private final long bytesMax;

    AudienceUpload(Upload upload, long bytesMax) {
        this.upload = upload;
        this.bytesMax = bytesMax;
    }

    AudienceSource.Stored store(String key, Encoding encoding, InputStream body) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] part = new byte[PART_BYTES];
        long bytes = 0;
        while (true) {
            int length = body.readNBytes(part, 0, part.length);
            if (bytes == 0) {
                checkStart(encoding.compression(), Arrays.copyOf(part, Math.min(length, MAGIC_BYTES)));
            }
            bytes += length;
            if (bytes > bytesMax) {
                throw new AudienceTooLargeException(bytesMax);
            }
            if (length > 0) {
                sha256.update(part, 0, length);
                upload.part(ByteBuffer.wrap(part, 0, length));
            }
            if (length < part.length) {
                break;
            }
        }
        if (upload.sealIfAbsent() == Put.ALREADY_THERE) {
            throw new ObjectStore.ObjectStoreException("upload id taken twice: " + key);
        }
        return new AudienceSource.Stored(
                key,
                encoding.format(),
                encoding.compression(),
                bytes,
                HexFormat.of().formatHex(sha256.digest()));
    }

    /** Reads an object that is there already. */
    static AudienceSource.Stored examine(String key, Encoding encoding, InputStream object) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] buffer = new byte[1 << 16];
        byte[] start = object.readNBytes(MAGIC_BYTES);
        checkStart(encoding.compression(), start);
        sha256.update(start);
        long bytes = start.length;
        for (int length = object.read(buffer); length >= 0; length = object.read(buffer)) {
            sha256.update(buffer, 0, length);
            bytes += length;
        }
        return new AudienceSource.Stored(
                key,
                encoding.format(),
                encoding.compression(),
                bytes,
                HexFormat.of().formatHex(sha256.digest()));
    }

    @Override
    public void close() {
        upload.close();
    }

    private static void checkStart(Compression compression, byte[] start) {
        if (start.length == 0) {
            throw new InvalidInput("audience", "must have at least one user id", "an empty body");
        }
        boolean gzip = startsWith(start, GZIP);
        boolean zstd = startsWith(start, ZSTD);
        boolean asDeclared = switch (compression) {
            case NONE -> !gzip && !zstd;
            case GZIP -> gzip;
            case ZSTD -> zstd;
        };
        if (!asDeclared) {
            String declared = compression == Compression.NONE ? "text without compression" : "" + compression;
            throw new InvalidInput(
                    "audience",
                    "must be " + declared + ", as its Content-Encoding says",
                    "bytes that start with " + HexFormat.ofDelimiter(" ").formatHex(start));
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
