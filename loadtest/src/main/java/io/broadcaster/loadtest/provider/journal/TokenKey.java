package io.broadcaster.loadtest.provider.journal;

import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.Platform;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * 128 bits that stand for a device token in journals and reports: two multiply-and-fold lanes over its bytes. Tokens are
 * random, so that equal keys of different tokens are out of reach; not a defence against tokens made to collide.
 */
public record TokenKey(long high, long low) {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_SEED = 0x9e37_79b9_7f4a_7c15L;
    private static final long LOW_SEED = 0xc2b2_ae3d_27d4_eb4fL;
    private static final long HIGH_FACTOR = 0xa076_1d64_78bd_642fL;
    private static final long LOW_FACTOR = 0xe703_7ed1_a0b4_28dbL;

    /** Letters of hex digits in either case give one key: bit 5 is set in every digit and lower-case letter. */
    private static final long LOWER_CASE = 0x2020_2020_2020_2020L;

    public TokenKey {
        if (high == 0 && low == 0) {
            low = 1; // (0, 0) marks a free slot of the journal
        }
    }

    /** The key of a device's token. */
    public static TokenKey of(Platform platform, DeviceToken token) {
        byte[] bytes = token.value().getBytes(StandardCharsets.US_ASCII);
        return of(platform, bytes, 0, bytes.length);
    }

    /** The key of the token in {@code bytes[offset, offset + length)}, ASCII; iOS tokens in either case. */
    public static TokenKey of(Platform platform, byte[] bytes, int offset, int length) {
        long caseMask = switch (platform) {
            case IOS -> LOWER_CASE;
            case ANDROID -> 0;
        };
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
        return new TokenKey(fold(high ^ rest, LOW_FACTOR), fold(low + rest, HIGH_FACTOR));
    }

    /** The key as 32 hex digits. */
    public String hex() {
        var hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }

    /** The key of 32 hex digits. */
    public static TokenKey ofHex(String text) {
        return new TokenKey(HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
    }

    private static long fold(long value, long factor) {
        return (value * factor) ^ Math.unsignedMultiplyHigh(value, factor) ^ Long.rotateLeft(value, 29);
    }
}
