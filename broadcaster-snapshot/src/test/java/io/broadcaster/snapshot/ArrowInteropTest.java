package io.broadcaster.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.audience.Manifest;
import io.broadcaster.campaign.Platform;
import io.broadcaster.testkit.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our files read by Apache's own reader, and Apache's by ours. */
final class ArrowInteropTest {
    private static final int DEVICES = 2_345;
    private static final int BATCH_SIZE = 100;

    @ParameterizedTest
    @EnumSource
    void tokensFile_readByArrow_holdsTheDevices(Platform platform) throws IOException {
        var written = WrittenSnapshot.of(DEVICES, DEVICES, BATCH_SIZE);
        var expected = WrittenSnapshot.expectedBatches(DEVICES, BATCH_SIZE);
        try (BufferAllocator memory = new RootAllocator();
                ArrowFileReader reader = open(written, column(written, platform).tokens(), memory)) {
            assertThat(reader.getRecordBlocks()).hasSize(expected.size());
            for (List<Integer> batch : expected) {
                assertThat(reader.loadNextBatch()).isTrue();
                VectorSchemaRoot root = reader.getVectorSchemaRoot();
                assertThat(root.getRowCount()).isEqualTo(batch.size());
                var tokens = (VarBinaryVector) root.getVector("token");
                var variants = (UInt2Vector) root.getVector("variant");
                for (int row = 0; row < root.getRowCount(); row++) {
                    int n = batch.get(row);
                    assertThat(tokens.get(row))
                            .isEqualTo(ColumnWriter.tokenBytes(platform, Fixtures.token(platform, n)));
                    assertThat((int) variants.get(row)).isEqualTo(n % 3 == 0 ? 1 : 0);
                }
            }
            assertThat(reader.loadNextBatch()).isFalse();
        }
    }

    @Test
    void detailsFile_readByArrow_holdsUsersLocalesAndTimes() throws IOException {
        var written = WrittenSnapshot.of(DEVICES, 0, BATCH_SIZE);
        var expected = WrittenSnapshot.expectedBatches(DEVICES, BATCH_SIZE);
        try (BufferAllocator memory = new RootAllocator();
                ArrowFileReader reader =
                        open(written, column(written, Platform.IOS).details(), memory)) {
            for (List<Integer> batch : expected) {
                assertThat(reader.loadNextBatch()).isTrue();
                VectorSchemaRoot root = reader.getVectorSchemaRoot();
                for (int row = 0; row < batch.size(); row++) {
                    int n = batch.get(row);
                    var device = Fixtures.device(Platform.IOS, n, n % 3 == 0 ? Fixtures.GERMAN : Fixtures.ENGLISH);
                    assertThat(text(root, "user", row))
                            .isEqualTo(Fixtures.user(n).value());
                    assertThat(text(root, "locale", row))
                            .isEqualTo(device.locale().value());
                    var registeredAt = (TimeStampMilliTZVector) root.getVector("registeredAt");
                    assertThat(registeredAt.get(row))
                            .isEqualTo(device.registeredAt().toEpochMilli());
                }
            }
        }
    }

    @Test
    void file_withoutDevices_isReadByArrow() throws IOException {
        var written = WrittenSnapshot.of(0, 0, BATCH_SIZE);
        try (BufferAllocator memory = new RootAllocator();
                ArrowFileReader reader =
                        open(written, column(written, Platform.IOS).tokens(), memory)) {
            assertThat(reader.getVectorSchemaRoot().getSchema().getFields()).hasSize(2);
            assertThat(reader.loadNextBatch()).isFalse();
        }
    }

    @Test
    void file_everyBatch_startsAtAMultipleOf64() throws IOException {
        var written = WrittenSnapshot.of(DEVICES, 0, BATCH_SIZE);
        try (BufferAllocator memory = new RootAllocator();
                ArrowFileReader reader =
                        open(written, column(written, Platform.IOS).tokens(), memory)) {
            for (ArrowBlock block : reader.getRecordBlocks()) {
                assertThat(block.getOffset() % 64).isZero();
                assertThat(block.getMetadataLength() % 64).isZero();
                assertThat(block.getBodyLength() % 64).isZero();
            }
        }
    }

    @Test
    void arrowsOwnFile_readByOurIndex_isFound() throws IOException {
        byte[] content = writtenByArrow("token");
        var bytes = new Bytes(content);
        ArrowIndex index = ArrowIndex.read(bytes, ArrowSchema.TOKENS);

        assertThat(index.batches()).isEqualTo(1);
        var batch = index.batch(0);
        assertThat(batch.rows()).isEqualTo(3);
        int dataAt = (int) batch.dataAt(0, 9);
        assertThat(bytes.slice(batch.valuesAt(0, 16), 16).getInt(12)).isEqualTo(9);
        assertThat(HexFormat.of().formatHex(content, dataAt, dataAt + 9)).isEqualTo("000000010101020202");
        assertThat(bytes.slice(batch.valuesAt(1, 6), 6).getShort(4)).isEqualTo((short) 7);
    }

    @Test
    void arrowsOwnFile_otherColumns_isRefused() throws IOException {
        var bytes = new Bytes(writtenByArrow("other"));

        assertThatThrownBy(() -> ArrowIndex.read(bytes, ArrowSchema.TOKENS))
                .isInstanceOf(SnapshotCorruptException.class)
                .hasMessageContaining("must have the columns");
    }

    @ParameterizedTest
    @ValueSource(longs = {20_261_122L, 1L, 42L})
    void brokenFile_anyByteChanged_isRefusedOrReadWithinBounds(long seed) {
        var random = new Random(seed);
        var written = WrittenSnapshot.of(50, 0, 20);
        byte[] whole = written.objects().content(written.tokensKey(Platform.IOS));
        for (int i = 0; i < 3_000; i++) {
            byte[] broken = whole.clone();
            int at = broken.length - 1 - random.nextInt(Math.min(700, broken.length));
            broken[at] = (byte) random.nextInt();
            readAll(new Bytes(broken));
        }
    }

    private static void readAll(Bytes bytes) {
        try {
            ArrowIndex index = ArrowIndex.read(bytes, ArrowSchema.TOKENS);
            for (int batch = 0; batch < Math.min(index.batches(), 10); batch++) {
                index.batch(batch).valuesAt(1, 2);
            }
        } catch (SnapshotCorruptException e) {
            assertThat(e).hasMessageContaining("file in memory");
        }
    }

    private static byte[] writtenByArrow(String firstColumn) throws IOException {
        var out = new ByteArrayOutputStream();
        try (BufferAllocator memory = new RootAllocator();
                var tokens = new VarBinaryVector(firstColumn, memory);
                var variants = new UInt2Vector("variant", memory);
                var root = VectorSchemaRoot.of(tokens, variants);
                var writer = new ArrowFileWriter(root, null, Channels.newChannel(out))) {
            for (int row = 0; row < 3; row++) {
                byte value = (byte) row;
                tokens.setSafe(row, new byte[] {value, value, value});
                variants.setSafe(row, 7);
            }
            root.setRowCount(3);
            writer.writeBatch();
            writer.end();
        }
        return out.toByteArray();
    }

    private static Manifest.Column column(WrittenSnapshot written, Platform platform) {
        return written.manifest().column(platform);
    }

    private static ArrowFileReader open(WrittenSnapshot written, Manifest.FileRef file, BufferAllocator memory) {
        return new ArrowFileReader(
                new ByteArrayReadableSeekableByteChannel(written.objects().content(file.key())), memory);
    }

    private static String text(VectorSchemaRoot root, String column, int row) {
        return new String(((VarCharVector) root.getVector(column)).get(row), StandardCharsets.UTF_8);
    }

    private static final class Bytes implements FileBytes {
        private final byte[] content;

        Bytes(byte[] content) {
            this.content = content;
        }

        @Override
        public String name() {
            return "file in memory";
        }

        @Override
        public long length() {
            return content.length;
        }

        @Override
        public ByteBuffer slice(long offset, int length) {
            return ByteBuffer.wrap(content, (int) offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
