package io.broadcaster.snapshot;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** The columns of a snapshot file, none of them nullable. */
record ArrowSchema(List<Column> columns) {
    /** What senders load. */
    static final ArrowSchema TOKENS =
            new ArrowSchema(List.of(new Column("token", Kind.BINARY), new Column("variant", Kind.UINT16)));

    /** What reports read, row for row beside the tokens. */
    static final ArrowSchema DETAILS = new ArrowSchema(List.of(
            new Column("user", Kind.UTF8),
            new Column("locale", Kind.UTF8),
            new Column("registeredAt", Kind.TIMESTAMP_MILLIS)));

    ArrowSchema {
        columns = List.copyOf(columns);
    }

    /** Arrow buffers per batch: validity, offsets if of variable length, and values of each column. */
    int buffers() {
        return columns.stream().mapToInt(column -> column.kind().buffers()).sum();
    }

    /** Index of the column's first buffer, which is its validity. */
    int firstBuffer(int column) {
        return columns.subList(0, column).stream()
                .mapToInt(each -> each.kind().buffers())
                .sum();
    }

    /** Writes the schema and answers with its offset in the builder. */
    int write(FlatBufferBuilder builder) {
        int[] fields =
                columns.stream().mapToInt(column -> column.write(builder)).toArray();
        int vector = Schema.createFieldsVector(builder, fields);
        Schema.startSchema(builder);
        Schema.addEndianness(builder, Endianness.Little);
        Schema.addFields(builder, vector);
        return Schema.endSchema(builder);
    }

    /** Whether a file's schema has these columns under these names and types. */
    boolean matches(Schema schema) {
        if (schema.fieldsLength() != columns.size() || schema.endianness() != Endianness.Little) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            Field field = schema.fields(i);
            if (!columns.get(i).name().equals(field.name()) || columns.get(i).kind().type != field.typeType()) {
                return false;
            }
        }
        return true;
    }

    record Column(String name, Kind kind) {
        private int write(FlatBufferBuilder builder) {
            int nameOffset = builder.createString(name);
            int typeOffset = kind.write(builder);
            int children = Field.createChildrenVector(builder, new int[0]);
            Field.startField(builder);
            Field.addName(builder, nameOffset);
            Field.addNullable(builder, false);
            Field.addTypeType(builder, kind.type);
            Field.addType(builder, typeOffset);
            Field.addChildren(builder, children);
            return Field.endField(builder);
        }
    }

    /** The Arrow types in use. */
    enum Kind {
        BINARY(Type.Binary, 3),
        UTF8(Type.Utf8, 3),
        UINT16(Type.Int, 2),
        TIMESTAMP_MILLIS(Type.Timestamp, 2);

        private final byte type;
        private final int buffers;

        Kind(byte type, int buffers) {
            this.type = type;
            this.buffers = buffers;
        }

        private int buffers() {
            return buffers;
        }

        private int write(FlatBufferBuilder builder) {
            return switch (this) {
                case BINARY -> {
                    Binary.startBinary(builder);
                    yield Binary.endBinary(builder);
                }
                case UTF8 -> {
                    Utf8.startUtf8(builder);
                    yield Utf8.endUtf8(builder);
                }
                case UINT16 -> Int.createInt(builder, Short.SIZE, false);
                case TIMESTAMP_MILLIS ->
                    Timestamp.createTimestamp(builder, TimeUnit.MILLISECOND, builder.createString("UTC"));
            };
        }
    }
}
