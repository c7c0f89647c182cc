package io.broadcaster.loadtest.provider.journal;

import io.broadcaster.campaign.Platform;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Computes {@link TokenKey}s without making one: two multiply-and-fold lanes over a token's bytes. Tokens are random, so
 * that equal keys of different tokens are out of reach; not a defence against tokens made to collide. Confined to one
 * thread.
 */
public final class KeyHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_SEED = 0x9e37_79b9_7f4a_7c15L;
    private static final long LOW_SEED = 0xc2b2_ae3d_27d4_eb4fL;
    private static final long HIGH_FACTOR = 0xa076_1d64_78bd_642fL;
    private static final long LOW_FACTOR = 0xe703_7ed1_a0b4_28dbL;

    /** Letters of hex digits in either case give one key: bit 5 is set in every digit and lower-case letter. */
    private static final long LOWER_CASE = 0x2020_2020_2020_2020L;

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] hex = {};
    private long highBits;
    private long lowBits;

    /** The first half of the last key. */
    public long high() {
        return highBits;
    }

    /** The second half of the last key. */
    public long low() {
        return lowBits;
    }

    /** Computes the key of the token in {@code bytes[offset, offset + length)}, ASCII; iOS tokens in either case. */
    public void of(Platform platform, byte[] bytes, int offset, int length) {
        long caseMask = platform == Platform.IOS ? LOWER_CASE : 0;
        long high = HIGH_SEED ^ length;
        long low = LOW_SEED + length;
        int at = offset;
        int end = offset + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at) | caseMask;
            high = fold(high ^ word, HIGH_FACTOR);
            low = fold(low + word, LOW_FACTOR);
        }
        long rest = 0;
        for (int shift = 0; at < end; at++, shift += Byte.SIZE) {
            rest |= (bytes[at] & 0xffL) << shift;
        }
        rest |= caseMask;
        highBits = fold(high ^ rest, LOW_FACTOR);
        lowBits = fold(low + rest, HIGH_FACTOR);
        if (highBits == 0 && lowBits == 0) {
            lowBits = 1; // (0, 0) marks a free slot in tables of keys
        }
    }

    /** The same of a token as snapshots store it: iOS as raw bytes, Android as ASCII. */
    public void ofStored(Platform platform, byte[] stored, int length) {
        switch (platform) {
            case IOS -> {
                if (hex.length < 2 * length) {
                    hex = new byte[2 * length];
                }
                for (int i = 0; i < length; i++) {
                    hex[2 * i] = DIGITS[(stored[i] >> 4) & 0xf];
                    hex[2 * i + 1] = DIGITS[stored[i] & 0xf];
                }
                of(platform, hex, 0, 2 * length);
            }
            case ANDROID -> of(platform, stored, 0, length);
        }
    }

    private static long fold(long value, long factor) {
        return (value * factor) ^ Math.unsignedMultiplyHigh(value, factor) ^ Long.rotateLeft(value, 29);
    }
}
