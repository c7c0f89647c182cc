package io.broadcaster.loadtest.check;

/** A set of token keys at 16 bytes a slot, at most half full: 4M devices take 128 MiB. Confined to one thread. */
final class DeviceKeys {
    private static final int SLOTS_AT_START = 1_024;

    private long[] slots;
    private int size;

    /** An empty set with room for so many without growing. */
    DeviceKeys(int expected) {
        int capacity = SLOTS_AT_START;
        while (capacity < 2L * expected) {
            capacity = Math.multiplyExact(capacity, 2);
        }
        slots = new long[Math.multiplyExact(2, capacity)];
    }

    /** Adds a key by its halves; false when it was there. */
    boolean add(long high, long low) {
        int at = find(slots, high, low);
        if (slots[at] != 0 || slots[at + 1] != 0) {
            return false;
        }
        if (size * 4L >= slots.length) {
            grow();
            at = find(slots, high, low);
        }
        slots[at] = high;
        slots[at + 1] = low;
        size++;
        return true;
    }

    boolean contains(long high, long low) {
        int at = find(slots, high, low);
        return slots[at] != 0 || slots[at + 1] != 0;
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(slots.length, 2)];
        for (int at = 0; at < slots.length; at += 2) {
            if (slots[at] != 0 || slots[at + 1] != 0) {
                put(larger, slots[at], slots[at + 1]);
            }
        }
        slots = larger;
    }

    private static void put(long[] in, long high, long low) {
        int at = find(in, high, low);
        in[at] = high;
        in[at + 1] = low;
    }

    /** Where the key is, or the free slot where it belongs; (0, 0) is never a key. */
    private static int find(long[] in, long high, long low) {
        int mask = in.length / 2 - 1;
        int index = (int) low & mask;
        while (true) {
            int at = 2 * index;
            if ((in[at] == high && in[at + 1] == low) || (in[at] == 0 && in[at + 1] == 0)) {
                return at;
            }
            index = (index + 1) & mask;
        }
    }
}
