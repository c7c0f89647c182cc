package io.broadcaster.snapshot;

import io.broadcaster.audience.Manifest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The tokens of one platform in off-heap memory, indexed by batch and position. Immutable; safe for any thread while its
 * memory is open, {@link IllegalStateException} after. Every offset was checked when it was made, so look-ups cannot stray.
 */
final class TokenColumn {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int TOKEN = 0;
    private static final int VARIANT = 1;

    private final MemorySegment memory;
    private final int[] rows;
    private final int[] variants;
    private final long[] offsetsAt;
    private final long[] dataAt;

    private TokenColumn(MemorySegment memory, int batches) {
        this.memory = memory;
        rows = new int[batches];
        variants = new int[batches];
        offsetsAt = new long[batches];
        dataAt = new long[batches];
    }

    /** Indexes the file in {@code memory} and checks it against its column of the manifest. */
    static TokenColumn index(Manifest manifest, Manifest.Column column, MemorySegment memory) {
        String name = column.tokens().key();
        var index = ArrowIndex.read(new Mapped(name, memory), ArrowSchema.TOKENS);
        if (index.batches() != column.batches()) {
            throw new SnapshotCorruptException(
                    name, "footer", "must have " + column.batches() + " batches, but has " + index.batches());
        }
        long knownVariants = manifest.variants().stream()
                .filter(v -> v.platform() == column.platform())
                .count();
        var tokens = new TokenColumn(memory, index.batches());
        long devices = 0;
        for (int batch = 0; batch < index.batches(); batch++) {
            tokens.place(name, index.batch(batch), batch);
            if (tokens.rows[batch] > column.batchSize() || tokens.variants[batch] >= knownVariants) {
                throw new SnapshotCorruptException(
                        name,
                        "batch " + batch,
                        "must have at most " + column.batchSize() + " devices of a variant below " + knownVariants);
            }
            devices += tokens.rows[batch];
        }
        if (devices != column.devices()) {
            throw new SnapshotCorruptException(
                    name, "footer", "must have " + column.devices() + " devices, but has " + devices);
        }
        return tokens;
    }

    int batches() {
        return rows.length;
    }

    int devices(int batch) {
        return rows[batch];
    }

    int variant(int batch) {
        return variants[batch];
    }

    int tokenLength(int batch, int position) {
        return offset(batch, position + 1) - offset(batch, position);
    }

    int copyToken(int batch, int position, byte[] into) {
        if (position < 0 || position >= rows[batch]) {
            throw new IndexOutOfBoundsException(position);
        }
        int start = offset(batch, position);
        int length = offset(batch, position + 1) - start;
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, dataAt[batch] + start, into, 0, length);
        return length;
    }

    private int offset(int batch, int position) {
        return memory.get(INT, offsetsAt[batch] + (long) position * Integer.BYTES);
    }

    private void place(String name, ArrowIndex.Batch head, int batch) {
        String part = "batch " + batch;
        int count = head.rows();
        if (count < 1) {
            throw new SnapshotCorruptException(name, part, "must have a device");
        }
        rows[batch] = count;
        offsetsAt[batch] = head.valuesAt(TOKEN, (count + 1L) * Integer.BYTES);
        if (offset(batch, 0) != 0) {
            throw new SnapshotCorruptException(name, part, "must have its tokens in ascending order");
        }
        for (int position = 0; position < count; position++) {
            if (offset(batch, position + 1) <= offset(batch, position)) {
                throw new SnapshotCorruptException(name, part, "must have its tokens in ascending order");
            }
        }
        dataAt[batch] = head.dataAt(TOKEN, offset(batch, count));
        long variantsAt = head.valuesAt(VARIANT, (long) count * Short.BYTES);
        variants[batch] = Short.toUnsignedInt(memory.get(SHORT, variantsAt));
        for (int position = 1; position < count; position++) {
            if (Short.toUnsignedInt(memory.get(SHORT, variantsAt + (long) position * Short.BYTES)) != variants[batch]) {
                throw new SnapshotCorruptException(name, part, "must have one variant");
            }
        }
    }

    private record Mapped(String name, MemorySegment memory) implements FileBytes {
        @Override
        public long length() {
            return memory.byteSize();
        }

        @Override
        public ByteBuffer slice(long offset, int length) {
            return memory.asSlice(offset, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
