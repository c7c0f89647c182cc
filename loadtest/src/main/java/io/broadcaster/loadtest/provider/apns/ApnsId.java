package io.broadcaster.loadtest.provider.apns;

/** The {@code apns-id} header: a UUID in canonical form, in either case. */
final class ApnsId {
    private static final int LENGTH = 36;

    private ApnsId() {}

    static boolean isValid(CharSequence text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            if (isDash(i) ? c != '-' : Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The first 64 bits of a valid id. */
    static long high(CharSequence valid) {
        return bits(valid, 0, 18);
    }

    /** The last 64 bits of a valid id. */
    static long low(CharSequence valid) {
        return bits(valid, 19, LENGTH);
    }

    private static long bits(CharSequence text, int from, int to) {
        long bits = 0;
        for (int i = from; i < to; i++) {
            if (!isDash(i)) {
                bits = (bits << 4) | Character.digit(text.charAt(i), 16);
            }
        }
        return bits;
    }

    private static boolean isDash(int index) {
        return index == 8 || index == 13 || index == 18 || index == 23;
    }
}
