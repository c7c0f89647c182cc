package io.broadcaster.snapshot;

import com.google.flatbuffers.FlatBufferBuilder;
import io.broadcaster.audience.Manifest.FileRef;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Writes one uncompressed Arrow IPC file, a record batch per call: magic, schema message, batches, end mark, footer. Every
 * buffer starts at a multiple of 64 bytes of the file. Keeps 24 bytes per batch on the heap. Confined to one thread.
 */
final class ArrowFileWriter implements AutoCloseable {
    static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    static final int ALIGNMENT = 64;
    static final int CONTINUATION = 0xffff_ffff;

    private final PartUpload upload;
    private final ArrowSchema schema;
    private final FlatBufferBuilder builder = new FlatBufferBuilder(1_024);
    private final ByteBuffer prefix = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private Extent[] blocks = new Extent[64];
    private int batches;

    ArrowFileWriter(PartUpload upload, ArrowSchema schema) {
        this.upload = upload;
        this.schema = schema;
        upload.write(ByteBuffer.wrap(MAGIC));
        upload.align(Long.BYTES);
        writeMessage(MessageHeader.Schema, schema.write(builder), 0);
    }

    /** Appends a batch of {@code rows} rows; {@code cells} in the schema's order. */
    void batch(int rows, List<Cells> cells) {
        ByteBuffer[] buffers = cells.stream()
                .flatMap(column -> Arrays.stream(column.buffers()))
                .toArray(ByteBuffer[]::new);
        long bodyLength = 0;
        for (ByteBuffer buffer : buffers) {
            bodyLength += padded(buffer.remaining());
        }
        long at = upload.position();
        int metadataLength = writeMessage(MessageHeader.RecordBatch, recordBatch(rows, cells), bodyLength);
        for (ByteBuffer buffer : buffers) {
            upload.write(buffer);
            upload.align(ALIGNMENT);
        }
        if (batches == blocks.length) {
            blocks = Arrays.copyOf(blocks, batches * 2);
        }
        blocks[batches++] = new Extent(at, metadataLength, bodyLength);
    }

    int batches() {
        return batches;
    }

    /** Writes end mark and footer, and makes the file visible. */
    FileRef seal() {
        upload.write(prefix.clear().putInt(CONTINUATION).putInt(0).flip());
        builder.clear();
        Footer.startRecordBatchesVector(builder, batches);
        for (int i = batches - 1; i >= 0; i--) {
            Block.createBlock(builder, blocks[i].offset(), blocks[i].metadataLength(), blocks[i].bodyLength());
        }
        int recordBatches = builder.endVector();
        int schemaOffset = schema.write(builder);
        Footer.startDictionariesVector(builder, 0);
        int dictionaries = builder.endVector();
        Footer.startFooter(builder);
        Footer.addVersion(builder, MetadataVersion.V5);
        Footer.addSchema(builder, schemaOffset);
        Footer.addDictionaries(builder, dictionaries);
        Footer.addRecordBatches(builder, recordBatches);
        builder.finish(Footer.endFooter(builder));
        ByteBuffer footer = builder.dataBuffer();
        int footerLength = footer.remaining();
        upload.write(footer);
        upload.write(prefix.clear().putInt(footerLength).flip());
        upload.write(ByteBuffer.wrap(MAGIC));
        return upload.seal();
    }

    @Override
    public void close() {
        upload.close();
    }

    static long padded(long length) {
        return Math.ceilDiv(length, ALIGNMENT) * ALIGNMENT;
    }

    private int recordBatch(int rows, List<Cells> cells) {
        builder.clear();
        RecordBatch.startBuffersVector(builder, schema.buffers());
        long end = cells.stream()
                .flatMap(column -> Arrays.stream(column.buffers()))
                .mapToLong(buffer -> padded(buffer.remaining()))
                .sum();
        for (Cells column : cells.reversed()) {
            ByteBuffer[] buffers = column.buffers();
            for (int i = buffers.length - 1; i >= 0; i--) {
                end -= padded(buffers[i].remaining());
                Buffer.createBuffer(builder, end, buffers[i].remaining());
            }
            Buffer.createBuffer(builder, end, 0);
        }
        int bufferVector = builder.endVector();
        RecordBatch.startNodesVector(builder, cells.size());
        for (int i = 0; i < cells.size(); i++) {
            FieldNode.createFieldNode(builder, rows, 0);
        }
        int nodes = builder.endVector();
        RecordBatch.startRecordBatch(builder);
        RecordBatch.addLength(builder, rows);
        RecordBatch.addNodes(builder, nodes);
        RecordBatch.addBuffers(builder, bufferVector);
        return RecordBatch.endRecordBatch(builder);
    }

    /** Writes an encapsulated message so that what follows it is aligned; answers with its length, prefix included. */
    private int writeMessage(byte headerType, int header, long bodyLength) {
        Message.startMessage(builder);
        Message.addVersion(builder, MetadataVersion.V5);
        Message.addHeaderType(builder, headerType);
        Message.addHeader(builder, header);
        Message.addBodyLength(builder, bodyLength);
        builder.finish(Message.endMessage(builder));
        ByteBuffer message = builder.dataBuffer();
        long start = upload.position();
        long end = padded(start + prefix.capacity() + message.remaining());
        int length = (int) (end - start);
        upload.write(prefix.clear()
                .putInt(CONTINUATION)
                .putInt(length - prefix.capacity())
                .flip());
        upload.write(message);
        upload.align(ALIGNMENT);
        return length;
    }

    /** Where a batch lies, as the footer has it. */
    private record Extent(long offset, int metadataLength, long bodyLength) {}
}
