package io.broadcaster.sender.provider.http2;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes what is a device's own as text, without allocation. */
final class DeviceText {
    /** 8-4-4-4-12. */
    static final int UUID_LENGTH = 36;

    private static final VarHandle PAIR = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final short[] HEX = hexPairs();

    private DeviceText() {}

    /** Writes {@code length} bytes as twice as many hex digits. */
    static void hex(byte[] bytes, int length, byte[] out, int at) {
        for (int i = 0; i < length; i++) {
            PAIR.set(out, at + 2 * i, HEX[bytes[i] & 0xff]);
        }
    }

    /** Writes a UUID. */
    static void uuid(long high, long low, byte[] out, int at) {
        digits(high, 56, 4, out, at);
        out[at + 8] = '-';
        digits(high, 24, 2, out, at + 9);
        out[at + 13] = '-';
        digits(high, 8, 2, out, at + 14);
        out[at + 18] = '-';
        digits(low, 56, 2, out, at + 19);
        out[at + 23] = '-';
        digits(low, 40, 6, out, at + 24);
    }

    private static void digits(long value, int shift, int bytes, byte[] out, int at) {
        for (int i = 0; i < bytes; i++) {
            PAIR.set(out, at + 2 * i, HEX[(int) (value >>> (shift - Byte.SIZE * i)) & 0xff]);
        }
    }

    private static short[] hexPairs() {
        var pairs = new short[256];
        String digits = "0123456789abcdef";
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (short) ((digits.charAt(i >>> 4) << Byte.SIZE) | digits.charAt(i & 0xf));
        }
        return pairs;
    }
}
