package io.broadcaster.loader.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.ObjectStore.ObjectStoreException;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.AudienceSource.Compression;
import io.broadcaster.campaign.AudienceSource.Format;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.testkit.FakeObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AudienceLinesTest {
    private static final ReadLimits LIMITS = new ReadLimits(1L << 40, 200, Long.MAX_VALUE);
    private static final long LINE_BYTES = 1_000_000_000;

    @Test
    void next_lineEndsOfAllSorts_areTakenOff() throws IOException {
        assertThat(lines("\ufeffa\r\n\nb\n c", Compression.NONE, LIMITS))
                .containsExactly(
                        new RawRow.Text(1, "a"),
                        new RawRow.Text(2, ""),
                        new RawRow.Text(3, "b"),
                        new RawRow.Text(4, " c"));
    }

    @Test
    void next_empty_hasNoLine() throws IOException {
        assertThat(lines("", Compression.NONE, LIMITS)).isEmpty();
        assertThat(read(gzip(""), Compression.GZIP, LIMITS)).isEmpty();
    }

    @Test
    void next_rowAtTheLimit_isTakenAndOneByteMoreIsNot() throws IOException {
        String most = "x".repeat(AudienceLines.ROW_BYTES_MAX);
        var rows = lines(most + "\n" + most + "y\nz", Compression.NONE, LIMITS);

        assertThat(rows.getFirst()).isEqualTo(new RawRow.Text(1, most));
        assertThat(rows.get(1)).isEqualTo(new RawRow.Unreadable(2, "must have at most 65536 bytes", "x".repeat(80)));
        assertThat(rows.get(2)).isEqualTo(new RawRow.Text(3, "z"));
    }

    @Test
    void next_lineOfABillionCharacters_isOneMalformedRow() throws IOException {
        try (var lines = AudienceLines.open(new EndlessLine(), stored(Compression.NONE, LINE_BYTES), LIMITS)) {
            assertThat(lines.next().orElseThrow())
                    .isEqualTo(new RawRow.Unreadable(1, "must have at most 65536 bytes", "x".repeat(80)));
            assertThat(lines.next()).isEmpty();
            assertThat(lines.bytesRead()).isEqualTo(LINE_BYTES);
        }
    }

    @Test
    void next_notUtf8_isUnreadable() throws IOException {
        var rows = read(new byte[] {'a', (byte) 0xff, '\n', 'b'}, Compression.NONE, LIMITS);

        assertThat(rows).containsExactly(new RawRow.Unreadable(1, "must be UTF-8", "a\ufffd"), new RawRow.Text(2, "b"));
    }

    @Test
    void next_gzipOfSeveralMembers_isReadToTheEnd() throws IOException {
        assertThat(read(concat(gzip("a\nb"), gzip("c\n"), gzip(""), gzip("d")), Compression.GZIP, LIMITS))
                .containsExactly(new RawRow.Text(1, "a"), new RawRow.Text(2, "bc"), new RawRow.Text(3, "d"));
    }

    @Test
    void next_zstdOfSeveralFrames_isReadToTheEnd() throws IOException {
        assertThat(read(concat(zstd("a\nb"), zstd("c\n")), Compression.ZSTD, LIMITS))
                .containsExactly(new RawRow.Text(1, "a"), new RawRow.Text(2, "bc"));
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void next_cutAnywhere_isBrokenAndNamed(Compression compression) throws IOException {
        byte[] whole = compress(random(2_000), compression);
        for (int length = 4; length < whole.length; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut, compression, LIMITS))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageStartingWith("audience must be whole "
                            + (compression == Compression.GZIP ? "gzip" : "zstd") + ", but was 'broken after ");
        }
    }

    @Test
    void next_gzipFollowedByGarbage_isBrokenNotCutShort() throws IOException {
        assertThatThrownBy(() ->
                        read(concat(gzip("a\n"), "garbage".getBytes(StandardCharsets.UTF_8)), Compression.GZIP, LIMITS))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no gzip member where one must start");
    }

    @Test
    void next_gzipWithOneBitWrong_isBroken() throws IOException {
        byte[] whole = gzip(random(5_000));
        var random = new Random(20_261_122);
        for (int i = 0; i < 200; i++) {
            byte[] broken = whole.clone();
            int at = 10 + random.nextInt(whole.length - 10);
            broken[at] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> read(broken, Compression.GZIP, LIMITS)).isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void open_otherCompressionThanDeclared_isRefused() throws IOException {
        assertThatThrownBy(() -> read(gzip("a"), Compression.NONE, LIMITS))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("audience.compression must be what its first bytes say, gzip, but was 'none'");
        assertThatThrownBy(() -> lines("abcdef", Compression.ZSTD, LIMITS))
                .hasMessage("audience.compression must be what its first bytes say, none, but was 'zstd'");
        assertThatThrownBy(() -> read(zstd("a"), Compression.GZIP, LIMITS))
                .hasMessage("audience.compression must be what its first bytes say, zstd, but was 'gzip'");
    }

    @Test
    void next_moreRowsThanTheLimit_isRefused() throws IOException {
        var limits = new ReadLimits(1L << 40, 200, 3);

        assertThat(lines("a\n\nb", Compression.NONE, limits)).hasSize(3);
        assertThatThrownBy(() -> lines("a\n\nb\nc", Compression.NONE, limits))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("at most 3 rows");
    }

    @Test
    void next_moreThanTheDecompressedLimit_isRefused() throws IOException {
        assertThatThrownBy(
                        () -> read(gzip(random(5_000)), Compression.GZIP, new ReadLimits(4_999, 200, Long.MAX_VALUE)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("audience must decompress to at most 4999 bytes");
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void next_bomb_isRefusedByItsRatio(Compression compression) throws IOException {
        byte[] bomb = bomb(compression, 64 << 20);

        assertThatThrownBy(() -> read(bomb, compression, LIMITS))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("audience must decompress to at most 200 times its stored bytes");
    }

    @Test
    void next_storeFails_isNotTakenForABrokenFile() {
        var failing = new ObjectStoreWith(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("connection reset");
            }
        });
        assertThatThrownBy(() -> AudienceLines.open(failing, stored(Compression.GZIP, 10), LIMITS))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageContaining("cannot read audience after 0 bytes");
    }

    private static List<RawRow> lines(String text, Compression compression, ReadLimits limits) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8), compression, limits);
    }

    private static List<RawRow> read(byte[] content, Compression compression, ReadLimits limits) throws IOException {
        var objects = new FakeObjectStore();
        objects.putIfAbsent("audience", content);
        var rows = new ArrayList<RawRow>();
        try (var lines = AudienceLines.open(objects, stored(compression, content.length), limits)) {
            for (Optional<RawRow> row = lines.next(); row.isPresent(); row = lines.next()) {
                rows.add(row.get());
            }
        }
        return rows;
    }

    private static AudienceSource.Stored stored(Compression compression, long bytes) {
        return new AudienceSource.Stored("audience", Format.LINES, compression, bytes, "");
    }

    private static byte[] compress(String text, Compression compression) throws IOException {
        return compression == Compression.GZIP ? gzip(text) : zstd(text);
    }

    private static byte[] gzip(String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static byte[] zstd(String text) {
        return Zstd.compress(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bomb(Compression compression, int bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) '\n');
        try (var compressed = compression == Compression.GZIP ? new GZIPOutputStream(out) : new ZstdOutputStream(out)) {
            for (int written = 0; written < bytes; written += block.length) {
                compressed.write(block);
            }
        }
        return out.toByteArray();
    }

    private static String random(int characters) {
        var random = new Random(42);
        return random.ints(characters, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] concat(byte[]... all) {
        var out = new ByteArrayOutputStream();
        for (byte[] each : all) {
            out.writeBytes(each);
        }
        return out.toByteArray();
    }

    /** A store with one object that opens as the given stream. */
    private static class ObjectStoreWith implements ObjectStore {
        private final InputStream content;

        ObjectStoreWith(InputStream content) {
            this.content = content;
        }

        @Override
        public InputStream open(String key) {
            return content;
        }

        @Override
        public Put putIfAbsent(String key, byte[] bytes) {
            throw new UnsupportedOperationException("only opened");
        }

        @Override
        public Upload upload(String key) {
            throw new UnsupportedOperationException("only opened");
        }

        @Override
        public OptionalLong size(String key) {
            throw new UnsupportedOperationException("only opened");
        }

        @Override
        public void read(String key, long offset, ByteBuffer into) {
            throw new UnsupportedOperationException("only opened");
        }

        @Override
        public List<String> list(String prefix) {
            throw new UnsupportedOperationException("only opened");
        }

        @Override
        public void deleteAll(String prefix) {
            throw new UnsupportedOperationException("only opened");
        }
    }

    /** One line of a billion characters that exists nowhere. */
    private static final class EndlessLine extends ObjectStoreWith {
        EndlessLine() {
            super(new InputStream() {
                private long left = LINE_BYTES;

                @Override
                public int read() {
                    return left-- > 0 ? 'x' : -1;
                }

                @Override
                public int read(byte[] into, int offset, int length) {
                    int count = (int) Math.min(length, left);
                    if (count == 0) {
                        return -1;
                    }
                    Arrays.fill(into, offset, offset + count, (byte) 'x');
                    left -= count;
                    return count;
                }
            });
        }
    }
}
