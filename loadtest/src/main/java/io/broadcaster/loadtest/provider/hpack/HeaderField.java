package io.broadcaster.loadtest.provider.hpack;

import java.nio.charset.StandardCharsets;

/**
 * One header field. The decoder hands out the same object for as long as a field repeats, so that who judged it once can
 * know it again by identity. Immutable.
 */
public final class HeaderField {
    /** What HPACK counts for an entry beside its name and value. */
    private static final int ENTRY_OVERHEAD = 32;

    private static final long NO_NUMBER = -1;
    private static final int NUMBER_DIGITS_MAX = 18;

    private final int name;
    private final byte[] nameBytes;
    private final byte[] value;

    HeaderField(int name, byte[] nameBytes, byte[] value) {
        this.name = isForbidden(name, value) ? FieldNames.MALFORMED : name;
        this.nameBytes = nameBytes;
        this.value = value;
    }

    /** Its number among the {@link FieldNames}. */
    public int name() {
        return name;
    }

    /** The value; shared, never change it. */
    public byte[] value() {
        return value;
    }

    /** The value as text. */
    public String text() {
        return new String(value, StandardCharsets.ISO_8859_1);
    }

    /** The value as a decimal number of at most 18 digits, or a negative one when it is none. */
    public long number() {
        if (value.length == 0 || value.length > NUMBER_DIGITS_MAX) {
            return NO_NUMBER;
        }
        long number = 0;
        for (byte digit : value) {
            if (digit < '0' || digit > '9') {
                return NO_NUMBER;
            }
            number = number * 10 + (digit - '0');
        }
        return number;
    }

    byte[] nameBytes() {
        return nameBytes;
    }

    /** Bytes in a table, by HPACK's count. */
    int size() {
        return nameBytes.length + value.length + ENTRY_OVERHEAD;
    }

    /** NUL, CR and LF are forbidden in any value (RFC 9113, 8.2.1); {@code te} may say {@code trailers} only (8.2.2). */
    private static boolean isForbidden(int name, byte[] value) {
        if (name == FieldNames.TE) {
            return !new String(value, StandardCharsets.ISO_8859_1).equals("trailers");
        }
        return breaksLine(value, 0, value.length);
    }

    static boolean breaksLine(byte[] value, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (value[i] == 0 || value[i] == '\r' || value[i] == '\n') {
                return true;
            }
        }
        return false;
    }
}
