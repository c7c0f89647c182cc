package io.broadcaster.loader.read;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.broadcaster.campaign.AudienceSource.Compression;
import io.broadcaster.campaign.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * The audience's bytes decompressed as declared, after a look at whether the first bytes agree; within {@link ReadLimits}.
 * Whatever breaks a rule is an {@link InvalidInput}. Confined to one thread.
 */
final class Decompression extends InputStream {
    private static final int MAGIC_BYTES = 4;

    /** Largest zstd window, as log2: 128 MiB, the format's own default bound. */
    private static final int ZSTD_WINDOW_LOG_MAX = 27;

    private final StoredBytes source;
    private final Compression compression;
    private final ReadLimits limits;
    private final InputStream in;
    private long decompressed;

    private Decompression(StoredBytes source, Compression compression, ReadLimits limits, InputStream in) {
        this.source = source;
        this.compression = compression;
        this.limits = limits;
        this.in = in;
    }

    static Decompression open(StoredBytes source, Compression declared, ReadLimits limits) {
        Compression found = sniff(source.peek(MAGIC_BYTES));
        if (found != declared) {
            throw new InvalidInput(
                    "audience.compression", "must be what its first bytes say, " + name(found), name(declared));
        }
        return new Decompression(source, declared, limits, decoder(source, declared));
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        try {
            int count = in.read(into, offset, length);
            decompressed += Math.max(count, 0);
            requireWithinLimits();
            return count;
        } catch (IOException e) {
            throw new InvalidInput(
                    "audience",
                    "must be whole " + name(compression),
                    "broken after " + decompressed + " bytes: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void requireWithinLimits() {
        if (decompressed > limits.decompressedBytesMax()) {
            throw new InvalidInput(
                    "audience",
                    "must decompress to at most " + limits.decompressedBytesMax() + " bytes",
                    decompressed + " bytes and more");
        }
        if (decompressed > ReadLimits.RATIO_FREE_BYTES && decompressed / limits.ratioMax() > source.count()) {
            throw new InvalidInput(
                    "audience",
                    "must decompress to at most " + limits.ratioMax() + " times its stored bytes",
                    decompressed + " bytes out of " + source.count());
        }
    }

    private static InputStream decoder(StoredBytes source, Compression compression) {
        return switch (compression) {
            case NONE -> source;
            case GZIP -> new GzipStream(source);
            case ZSTD -> {
                try {
                    yield new ZstdInputStreamNoFinalizer(source).setLongMax(ZSTD_WINDOW_LOG_MAX);
                } catch (IOException e) {
                    throw new InvalidInput("audience", "must be whole zstd", String.valueOf(e.getMessage()));
                }
            }
        };
    }

    private static Compression sniff(byte[] head) {
        if (head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
            return Compression.GZIP;
        }
        if (head.length < MAGIC_BYTES) {
            return Compression.NONE;
        }
        int magic = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
        boolean skippable = (magic & 0xffff_fff0) == 0x184d_2a50;
        return magic == 0xfd2f_b528 || skippable ? Compression.ZSTD : Compression.NONE;
    }

    private static String name(Compression compression) {
        return compression.name().toLowerCase(Locale.ROOT);
    }
}
