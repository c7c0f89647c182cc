package io.broadcaster.sender.provider.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Encodes heads for one connection and keeps the table that its peer keeps (RFC 7541). What is indexed enters the table at
 * first and is one or two bytes from then on; nothing is Huffman-coded, so that a head is cheap to read as well. Confined to
 * the connection's event loop; used once per payload and connection, not per request.
 */
final class HpackTable {
    /** As much of the peer's table as we use, in bytes of RFC 7541, section 4.1. */
    static final int BYTES_MAX = 4_096;

    private static final int STATIC_ENTRIES = 61;
    private static final int METHOD_POST = 3;
    private static final int SCHEME_HTTPS = 7;
    private static final Map<String, Integer> STATIC_NAMES =
            Map.of(":authority", 1, ":path", 4, "authorization", 23, "content-type", 31);

    private static final int INDEXED = 0x80;
    private static final int WITH_INDEXING = 0x40;
    private static final int SIZE_UPDATE = 0x20;
    private static final int WITHOUT_INDEXING = 0x00;

    private final List<HeadField> entries = new ArrayList<>(); // newest first
    private int bytes;
    private int bytesMax = BYTES_MAX;
    private int smallestSinceHead = BYTES_MAX;
    private int bytesMaxTold = BYTES_MAX;
    private int changes;

    /** The peer's table is this large from now on; a smaller one drops what does not fit. */
    void resize(long peerBytesMax) {
        bytesMax = (int) Math.min(BYTES_MAX, peerBytesMax);
        smallestSinceHead = Math.min(smallestSinceHead, bytesMax);
        evictTo(bytesMax);
        changes++;
    }

    /** Grows with every change: a head that was encoded before the last one is stale. */
    int changes() {
        return changes;
    }

    /** Starts a head: tells the peer of new sizes, the smallest first (RFC 7541, section 4.2). */
    void begin(ByteArrayOutputStream out) {
        if (smallestSinceHead < bytesMaxTold && smallestSinceHead < bytesMax) {
            tell(out, smallestSinceHead);
        }
        if (bytesMax != bytesMaxTold) {
            tell(out, bytesMax);
        }
        smallestSinceHead = bytesMax;
    }

    private void tell(ByteArrayOutputStream out, int size) {
        integer(out, SIZE_UPDATE, 5, size);
        bytesMaxTold = size;
        changes++;
    }

    /** Adds a field with its whole value. */
    void field(ByteArrayOutputStream out, HeadField field) {
        int index = field.indexed() ? index(field) : 0;
        if (index > 0) {
            integer(out, INDEXED, 7, index);
        } else if (field.indexed() && field.tableSize() <= bytesMax) {
            name(out, WITH_INDEXING, 6, field.name());
            text(out, field.value());
            insert(field);
        } else {
            name(out, WITHOUT_INDEXING, 4, field.name());
            text(out, field.value());
        }
    }

    /** Adds a field whose value ends with {@code ownLength} bytes that are written later; answers where they start. */
    int openField(ByteArrayOutputStream out, HeadField field, int ownLength) {
        byte[] prefix = field.value().getBytes(StandardCharsets.UTF_8);
        name(out, WITHOUT_INDEXING, 4, field.name());
        integer(out, 0, 7, prefix.length + ownLength);
        out.writeBytes(prefix);
        int at = out.size();
        out.writeBytes(new byte[ownLength]);
        return at;
    }

    private int index(HeadField field) {
        if (field.name().equals(":method") && field.value().equals("POST")) {
            return METHOD_POST;
        }
        if (field.name().equals(":scheme") && field.value().equals("https")) {
            return SCHEME_HTTPS;
        }
        int at = entries.indexOf(field);
        return at < 0 ? 0 : STATIC_ENTRIES + 1 + at;
    }

    private void insert(HeadField field) {
        evictTo(bytesMax - field.tableSize());
        entries.addFirst(field);
        bytes += field.tableSize();
        changes++;
    }

    private void evictTo(int size) {
        while (bytes > size) {
            bytes -= entries.removeLast().tableSize();
        }
    }

    private static void name(ByteArrayOutputStream out, int pattern, int bits, String name) {
        Integer index = STATIC_NAMES.get(name);
        if (index != null) {
            integer(out, pattern, bits, index);
        } else {
            out.write(pattern);
            text(out, name);
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        integer(out, 0, 7, plain.length);
        out.writeBytes(plain);
    }

    /** RFC 7541, section 5.1. */
    private static void integer(ByteArrayOutputStream out, int pattern, int bits, int value) {
        int most = (1 << bits) - 1;
        if (value < most) {
            out.write(pattern | value);
            return;
        }
        out.write(pattern | most);
        int rest = value - most;
        while (rest >= 0x80) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
