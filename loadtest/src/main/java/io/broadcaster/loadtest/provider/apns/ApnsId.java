package io.broadcaster.loadtest.provider.apns;

import io.broadcaster.loadtest.provider.wire.Slice;

/** Reads the {@code apns-id} header: a UUID in canonical form, in either case. Confined to one connection. */
final class ApnsId {
    static final int LENGTH = 36;

    private long high;
    private long low;

    /** Reads the id; false when it is none. */
    boolean read(Slice text) {
        if (text.length() != LENGTH) {
            return false;
        }
        byte[] bytes = text.bytes();
        int at = text.from();
        long first = Hex.eight(bytes, at);
        long second = Hex.fourAndFour(bytes, at + 9, at + 14);
        long third = Hex.fourAndFour(bytes, at + 19, at + 24);
        long fourth = Hex.eight(bytes, at + 28);
        boolean dashes =
                bytes[at + 8] == '-' && bytes[at + 13] == '-' && bytes[at + 18] == '-' && bytes[at + 23] == '-';
        if (!dashes || (Hex.faults(first) | Hex.faults(second) | Hex.faults(third) | Hex.faults(fourth)) != 0) {
            return false;
        }
        high = Hex.value(first) << 32 | Hex.value(second);
        low = Hex.value(third) << 32 | Hex.value(fourth);
        return true;
    }

    /** The first 64 bits of the last id that was read. */
    long high() {
        return high;
    }

    /** The last 64 bits of the last id that was read. */
    long low() {
        return low;
    }
}
