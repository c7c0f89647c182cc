package io.broadcaster.loadtest.provider.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A run of bytes lent by whoever fills it; reused from request to request. Confined to one connection. */
public final class Slice {
    private byte[] bytes = {};
    private int from;
    private int length;
    private boolean present;

    /** The array that holds the run; never change it. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the run begins. */
    public int from() {
        return from;
    }

    /** How long the run is; 0 where there is none. */
    public int length() {
        return length;
    }

    /** Whether there is a run, even one of no bytes. */
    public boolean isPresent() {
        return present;
    }

    /** Whether the run is these bytes. */
    public boolean is(byte[] other) {
        return Arrays.equals(bytes, from, from + length, other, 0, other.length);
    }

    /** Whether the run begins with these bytes. */
    public boolean startsWith(byte[] prefix) {
        return length >= prefix.length && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }

    /** The run as text. */
    public String text() {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    /** All of these bytes. */
    public static Slice of(byte[] bytes) {
        var slice = new Slice();
        slice.set(bytes, 0, bytes.length);
        return slice;
    }

    void set(byte[] array, int start, int count) {
        bytes = array;
        from = start;
        length = count;
        present = true;
    }

    void clear() {
        length = 0;
        present = false;
    }
}
