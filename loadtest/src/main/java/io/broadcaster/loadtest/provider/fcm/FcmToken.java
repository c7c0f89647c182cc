package io.broadcaster.loadtest.provider.fcm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The characters of registration tokens, judged eight at a time in one long. Stateless. */
final class FcmToken {
    /** The longest token read; no limit is published, seen are 140 to 180. */
    static final int BYTES_MAX = 512;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final int DEAD = 0x64656164;
    private static final int BAD = 0x62616430;

    private FcmToken() {}

    /** Whether a message to this token is sure to be accepted if the rest of it is: lawful, and neither dead nor bad. */
    static boolean isLive(byte[] bytes, int from, int length) {
        if (length < Long.BYTES || length > BYTES_MAX) {
            return false; // shorter ones are lawful, but not worth a second way of judging
        }
        int end = from + length;
        int lastWord = end - Long.BYTES;
        long faults = 0;
        for (int at = from; at < end; at += Long.BYTES) {
            int word = Math.min(at, lastWord); // the last one overlaps its neighbour
            long eight = (long) LONGS.get(bytes, word);
            faults |= faults(eight);
            for (long colons = colons(eight); colons != 0; colons &= colons - 1) {
                int after = word + (Long.numberOfTrailingZeros(colons) >> 3) + 1;
                if (after + Integer.BYTES <= end && isFate((int) INTS.get(bytes, after))) {
                    return false;
                }
            }
        }
        return faults == 0;
    }

    private static boolean isFate(int four) {
        return four == DEAD || four == BAD;
    }

    /** The top bit of each byte that is not a letter, a digit or one of {@code :-._}. */
    private static long faults(long eight) {
        long lower = eight | (0x20 * ONES);
        long letters = between(lower, 'a', 'z');
        long digitsAndColon = between(eight, '0', ':');
        long dashAndDot = between(eight, '-', '.');
        long underscore = between(eight, '_', '_');
        // Bytes above 0x7f would carry into their neighbours, so that they are faults by themselves.
        return (~(letters | digitsAndColon | dashAndDot | underscore) | eight) & TOPS;
    }

    private static long between(long eight, int first, int last) {
        return (eight + (0x80 - first) * ONES) & ~(eight + (0x7f - last) * ONES);
    }

    private static long colons(long eight) {
        return ~((eight ^ (':' * ONES)) + 0x7f * ONES) & TOPS;
    }
}
