package io.broadcaster.snapshot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * The footer of an Arrow IPC file, and where the buffers of its batches lie. Every bound is checked, so that a file of
 * anybody's making can at worst be refused with {@link SnapshotCorruptException}. Immutable but for the bytes' own state.
 */
final class ArrowIndex {
    private static final int TAIL_BYTES = Integer.BYTES + ArrowFileWriter.MAGIC.length;

    /** Bounds what a wrong length may make us read: a footer has 24 bytes per batch. */
    private static final int FOOTER_BYTES_MAX = 64 << 20;

    private static final int BLOCK_BYTES = 24;

    private final FileBytes file;
    private final ArrowSchema schema;
    private final Footer footer;
    private final int batches;

    private ArrowIndex(FileBytes file, ArrowSchema schema, Footer footer, int batches) {
        this.file = file;
        this.schema = schema;
        this.footer = footer;
        this.batches = batches;
    }

    /** Reads the footer and checks magic, length, schema. */
    static ArrowIndex read(FileBytes file, ArrowSchema schema) {
        if (file.length() < 2L * TAIL_BYTES) {
            throw corrupt(file, "footer", "must be an Arrow file, but has " + file.length() + " bytes");
        }
        ByteBuffer tail = file.slice(file.length() - TAIL_BYTES, TAIL_BYTES);
        int footerLength = tail.getInt();
        byte[] magic = new byte[ArrowFileWriter.MAGIC.length];
        tail.get(magic);
        if (!Arrays.equals(magic, ArrowFileWriter.MAGIC)) {
            throw corrupt(file, "footer", "must end with the magic of Arrow");
        }
        if (footerLength <= 0 || footerLength > FOOTER_BYTES_MAX || footerLength > file.length() - 2L * TAIL_BYTES) {
            throw corrupt(file, "footer", "must have a length within the file, but it was " + footerLength);
        }
        try {
            ByteBuffer bytes = file.slice(file.length() - TAIL_BYTES - footerLength, footerLength);
            var footer = Footer.getRootAsFooter(bytes);
            if (footer.schema() == null || !schema.matches(footer.schema())) {
                throw corrupt(file, "footer", "must have the columns " + schema.columns());
            }
            int batches = footer.recordBatchesLength();
            if (batches < 0 || batches > footerLength / BLOCK_BYTES) {
                throw corrupt(file, "footer", "must hold its " + batches + " batches");
            }
            return new ArrowIndex(file, schema, footer, batches);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new SnapshotCorruptException(file.name(), "footer", "must be readable", e);
        }
    }

    /** Batches of the file. */
    int batches() {
        return batches;
    }

    /** Reads the head of one batch. */
    Batch batch(int index) {
        try {
            Block block = footer.recordBatches(index);
            long offset = block.offset();
            long metadataLength = block.metaDataLength();
            long bodyLength = block.bodyLength();
            if (offset < 0
                    || metadataLength < 2L * Integer.BYTES
                    || bodyLength < 0
                    || bodyLength > Integer.MAX_VALUE
                    || offset > file.length() - metadataLength - bodyLength) {
                throw corrupt(file, "batch " + index, "must lie within the file");
            }
            var batch = recordBatch(file.slice(offset, (int) metadataLength));
            if (batch == null || batch.buffersLength() != schema.buffers() || batch.compression() != null) {
                throw corrupt(file, "batch " + index, "must be an uncompressed record batch of the file's columns");
            }
            return new Batch(index, Math.toIntExact(batch.length()), offset + metadataLength, bodyLength, batch);
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new SnapshotCorruptException(file.name(), "batch " + index, "must be readable", e);
        }
    }

    private static @Nullable RecordBatch recordBatch(ByteBuffer metadata) {
        int prefix = metadata.getInt(0) == ArrowFileWriter.CONTINUATION ? 2 * Integer.BYTES : Integer.BYTES;
        ByteBuffer flat = metadata.slice(prefix, metadata.limit() - prefix).order(ByteOrder.LITTLE_ENDIAN);
        var message = Message.getRootAsMessage(flat);
        if (message.headerType() != MessageHeader.RecordBatch) {
            return null;
        }
        return (RecordBatch) message.header(new RecordBatch());
    }

    private static SnapshotCorruptException corrupt(FileBytes file, String part, String rule) {
        return new SnapshotCorruptException(file.name(), part, rule);
    }

    /** One batch: its rows and the places of its buffers. */
    final class Batch {
        private final int index;
        private final int rows;
        private final long bodyAt;
        private final long bodyLength;
        private final RecordBatch head;

        private Batch(int index, int rows, long bodyAt, long bodyLength, RecordBatch head) {
            this.index = index;
            this.rows = rows;
            this.bodyAt = bodyAt;
            this.bodyLength = bodyLength;
            this.head = head;
        }

        int rows() {
            return rows;
        }

        /** Where the values (of a column of variable length: the offsets) lie in the file; at least {@code least} bytes. */
        long valuesAt(int column, long least) {
            return bufferAt(schema.firstBuffer(column) + 1, least);
        }

        /** Where the bytes of a column of variable length lie in the file; at least {@code least} bytes. */
        long dataAt(int column, long least) {
            return bufferAt(schema.firstBuffer(column) + 2, least);
        }

        private long bufferAt(int buffer, long least) {
            Buffer place = head.buffers(buffer);
            if (place.offset() < 0 || place.length() < least || place.offset() > bodyLength - place.length()) {
                throw corrupt(
                        file,
                        "batch " + index,
                        "must have its buffer " + buffer + " of " + least + " bytes in the file");
            }
            return bodyAt + place.offset();
        }
    }
}
