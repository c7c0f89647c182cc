package io.broadcaster.loadtest.provider.hpack;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the header blocks of one connection's requests. An indexed field is a table look-up; a literal that is byte for
 * byte the last one of its name is that one's object again, undecoded; a value that varies is a slice of the block. So a
 * block that repeats allocates nothing. Confined to one connection; a fault leaves it unusable.
 */
public final class FieldDecoder {
    private static final int HUFFMAN = 0x80;
    private static final int SCRATCH_AT_START = 256;

    private final FieldNames names;
    private final FieldTable table;
    private final @Nullable Literal[] lastByName;
    private byte[] in = {};
    private int at;
    private int end;
    private long listSize;
    private byte[] scratch = new byte[SCRATCH_AT_START];
    private int scratchUsed;

    /** The text that {@link #readText} found. */
    private byte[] text = {};

    private int textFrom;
    private int textLength;
    private byte[] nameBytes = {};

    /** A decoder with a dynamic table of {@code tableSizeMax} bytes: SETTINGS_HEADER_TABLE_SIZE. */
    public FieldDecoder(FieldNames names, int tableSizeMax) {
        this.names = names;
        table = new FieldTable(names, tableSizeMax);
        lastByName = new Literal[names.count()];
    }

    /** A literal as it came, with what it meant. */
    @SuppressWarnings("ArrayRecordComponent") // the decoder's own, compared by its bytes
    private record Literal(byte[] encoded, HeaderField field) {
        boolean is(byte[] bytes, int from, int to) {
            return Arrays.equals(encoded, 0, encoded.length, bytes, from, to);
        }
    }

    /** Feeds the fields of the block {@code bytes[from, to)} to {@code sink}. */
    public void decode(byte[] bytes, int from, int to, FieldSink sink) throws HpackFault {
        in = bytes;
        at = from;
        end = to;
        scratchUsed = 0;
        listSize = 0;
        while (at < end && (in[at] & 0xe0) == 0x20) {
            table.limit(readNumber(0x1f));
        }
        while (at < end) {
            int first = in[at];
            if (first < 0) {
                HeaderField field = table.get(readNumber(0x7f));
                listSize += field.size();
                emit(field, sink);
            } else if (first >= 0x40) {
                HeaderField field = literalField(readName(0x3f));
                listSize += field.size();
                table.add(field);
                emit(field, sink);
            } else if (first < 0x20) {
                literal(readName(0x0f), sink);
            } else {
                throw new HpackFault("table size must change at the start of a block");
            }
        }
    }

    /** Bytes of the last block's fields, decoded, by HPACK's count: what SETTINGS_MAX_HEADER_LIST_SIZE limits. */
    public long listSize() {
        return listSize;
    }

    private void emit(HeaderField field, FieldSink sink) {
        if (names.varies(field.name())) {
            sink.slice(field.name(), field.value(), 0, field.value().length);
        } else {
            sink.field(field);
        }
    }

    /** A literal that stays out of the table. */
    private void literal(int name, FieldSink sink) throws HpackFault {
        if (name >= 0 && !names.varies(name)) {
            HeaderField field = literalField(name);
            listSize += field.size();
            sink.field(field);
            return;
        }
        readText();
        listSize += 32L + nameBytes.length + textLength;
        if (name >= 0) {
            sink.slice(name, text, textFrom, textLength);
        } else {
            sink.unread(HeaderField.breaksLine(text, textFrom, textLength) ? FieldNames.MALFORMED : name);
        }
    }

    /** The field of a literal whose name was read: the last one of that name where nothing has changed. */
    private HeaderField literalField(int name) throws HpackFault {
        int from = at;
        int to = skipText();
        Literal last = name >= 0 ? lastByName[name] : null;
        if (last != null && last.is(in, from, to)) {
            return last.field;
        }
        at = from;
        byte[] fieldName = nameBytes;
        readText();
        var field = new HeaderField(name, fieldName, Arrays.copyOfRange(text, textFrom, textFrom + textLength));
        if (name >= 0 && !names.varies(name)) {
            lastByName[name] = new Literal(Arrays.copyOfRange(in, from, to), field);
        }
        return field;
    }

    /** Reads a literal's name, by index or in full, into {@link #nameBytes}; its number. */
    private int readName(int prefixMask) throws HpackFault {
        int index = readNumber(prefixMask);
        if (index != 0) {
            HeaderField field = table.get(index);
            nameBytes = field.nameBytes();
            int name = field.name();
            // A name whose last value was unlawful is not itself unlawful.
            return name == FieldNames.MALFORMED ? names.indexOf(nameBytes, 0, nameBytes.length) : name;
        }
        readText();
        int name = names.indexOf(text, textFrom, textLength);
        nameBytes = name >= 0 ? names.bytes(name) : Arrays.copyOfRange(text, textFrom, textFrom + textLength);
        return name;
    }

    private void readText() throws HpackFault {
        boolean huffman = at < end && (in[at] & HUFFMAN) != 0;
        int length = readNumber(0x7f);
        if (length > end - at) {
            throw new HpackFault("text must end within the block");
        }
        if (huffman) {
            makeRoom(Huffman.decodedMax(length));
            text = scratch;
            textFrom = scratchUsed;
            scratchUsed = Huffman.decode(in, at, length, scratch, scratchUsed);
            textLength = scratchUsed - textFrom;
        } else {
            text = in;
            textFrom = at;
            textLength = length;
        }
        at += length;
    }

    /** Steps over a text; where it ends. */
    private int skipText() throws HpackFault {
        int length = readNumber(0x7f);
        if (length > end - at) {
            throw new HpackFault("text must end within the block");
        }
        at += length;
        return at;
    }

    /** Slices of this block stay in the array that they were decoded to. */
    private void makeRoom(int bytes) {
        if (scratch.length - scratchUsed < bytes) {
            scratch = new byte[Math.max(2 * scratch.length, scratchUsed + bytes)];
        }
    }

    /** An integer with a prefix of these bits (RFC 7541, 5.1). */
    private int readNumber(int prefixMask) throws HpackFault {
        if (at >= end) {
            throw new HpackFault("block must not end within a field");
        }
        int number = in[at++] & prefixMask;
        return number < prefixMask ? number : readRest(number);
    }

    private int readRest(int prefix) throws HpackFault {
        long number = prefix;
        for (int shift = 0; shift <= 28; shift += 7) {
            if (at >= end) {
                throw new HpackFault("block must not end within a number");
            }
            int next = in[at++];
            number += (next & 0x7fL) << shift;
            if (number > Integer.MAX_VALUE) {
                break;
            }
            if (next >= 0) {
                return (int) number;
            }
        }
        throw new HpackFault("number must fit in 31 bits");
    }
}
