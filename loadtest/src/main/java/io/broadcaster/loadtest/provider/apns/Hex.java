package io.broadcaster.loadtest.provider.apns;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hex digits, eight at a time in one long. Stateless. */
final class Hex {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final long CASE = 0x20 * ONES;

    private Hex() {}

    /** Eight characters as they lie in {@code bytes}. */
    static long eight(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Twice four characters. */
    static long fourAndFour(byte[] bytes, int first, int second) {
        return ((long) (int) INTS.get(bytes, first) << 32) | ((int) INTS.get(bytes, second) & 0xffff_ffffL);
    }

    /** The top bit of each byte that is no hex digit, in either case. */
    static long faults(long eight) {
        long digits = (eight + (0x80 - '0') * ONES) & ~(eight + (0x7f - '9') * ONES);
        long lower = eight | CASE;
        long letters = (lower + (0x80 - 'a') * ONES) & ~(lower + (0x7f - 'f') * ONES);
        // Bytes above 0x7f would carry into their neighbours, so that they are faults by themselves.
        return (~(digits | letters) | eight) & TOPS;
    }

    /** The 32 bits that eight digits stand for. */
    static long value(long eight) {
        long nibbles = (eight & (0x0f * ONES)) + 9 * ((eight >>> 6) & ONES);
        nibbles = (nibbles | (nibbles >>> 4)) & 0x00ff_00ff_00ff_00ffL;
        nibbles = (nibbles | (nibbles >>> 8)) & 0x0000_ffff_0000_ffffL;
        return (nibbles | (nibbles >>> 16)) & 0xffff_ffffL;
    }

    /** Whether {@code bytes[from, from + length)}, eight at least, are hex digits. */
    static boolean isHex(byte[] bytes, int from, int length) {
        int lastWord = from + length - Long.BYTES;
        long faults = faults(eight(bytes, lastWord));
        for (int at = from; at < lastWord; at += Long.BYTES) {
            faults |= faults(eight(bytes, at));
        }
        return faults == 0;
    }
}
