package io.broadcaster.loadtest.provider.journal;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Finds a device's entries: open addressing over the number of its latest entry, from which the earlier ones are linked.
 * Four bytes per slot, at most half full, and four per entry; no object per device. Used under its own lock.
 */
final class DeviceIndex {
    private static final int SLOTS_AT_START = 1 << 12;
    private static final int NONE = -1;

    /** Set on an entry that a later one of the same device is linked to. */
    private static final int SUPERSEDED = Integer.MIN_VALUE;

    private Chunk[] chunks = {};
    private int[] indexed = {};

    /** The chunks that are not full. */
    private int[] open = {};

    /** Per chunk and entry: the number of the device's entry before it plus 1, or 0, and whether it is superseded. */
    private int[][] earlier = {};

    /** The number of a device's latest entry plus 1, or 0. */
    private int[] slots = new int[SLOTS_AT_START];

    private int devices;

    /** Takes in what these chunks have gained. */
    void catchUp(Chunk[] current) {
        if (current.length > chunks.length) {
            indexed = Arrays.copyOf(indexed, current.length);
            earlier = Arrays.copyOf(earlier, current.length);
            for (int i = chunks.length; i < current.length; i++) {
                earlier[i] = new int[Chunk.ENTRIES_MAX];
            }
            int known = chunks.length;
            chunks = current;
            open = IntStream.concat(IntStream.of(open), IntStream.range(known, current.length))
                    .toArray();
        }
        boolean filled = false;
        for (int i : open) {
            int size = chunks[i].size();
            for (int entry = indexed[i]; entry < size; entry++) {
                add(i << Chunk.ENTRIES_BITS | entry);
            }
            indexed[i] = size;
            filled |= size == Chunk.ENTRIES_MAX;
        }
        if (filled) {
            open = IntStream.of(open)
                    .filter(i -> indexed[i] < Chunk.ENTRIES_MAX)
                    .toArray();
        }
    }

    int devices() {
        return devices;
    }

    /** Reads a device's entries into {@code trace}; false when there is none. */
    boolean read(long high, long low, DeviceTrace trace) {
        int number = slots[find(slots, high, low)] - 1;
        if (number == NONE) {
            trace.begin(high, low);
            return false;
        }
        read(number, trace);
        return true;
    }

    /** Reads device after device into {@code trace}, in no particular order. */
    void forEach(DeviceTrace trace, Consumer<DeviceTrace> each) {
        for (int i = 0; i < chunks.length; i++) {
            for (int entry = 0; entry < indexed[i]; entry++) {
                if (earlier[i][entry] >= 0) {
                    read(i << Chunk.ENTRIES_BITS | entry, trace);
                    each.accept(trace);
                }
            }
        }
    }

    private void read(int latest, DeviceTrace trace) {
        trace.begin(chunk(latest).high(entry(latest)), chunk(latest).low(entry(latest)));
        for (int number = latest; number != NONE; number = earlierThan(number)) {
            trace.add(chunk(number), entry(number));
        }
    }

    private int earlierThan(int number) {
        return (earlier[number >>> Chunk.ENTRIES_BITS][entry(number)] & ~SUPERSEDED) - 1;
    }

    private void add(int number) {
        Chunk chunk = chunk(number);
        int slot = find(slots, chunk.high(entry(number)), chunk.low(entry(number)));
        int before = slots[slot] - 1;
        if (before != NONE) {
            earlier[number >>> Chunk.ENTRIES_BITS][entry(number)] = before + 1;
            earlier[before >>> Chunk.ENTRIES_BITS][entry(before)] |= SUPERSEDED;
        } else if (++devices * 2L > slots.length) {
            grow();
            slot = find(slots, chunk.high(entry(number)), chunk.low(entry(number)));
        }
        slots[slot] = number + 1;
    }

    private void grow() {
        int[] larger = new int[Math.multiplyExact(slots.length, 2)];
        for (int number : slots) {
            if (number != 0) {
                Chunk chunk = chunk(number - 1);
                larger[find(larger, chunk.high(entry(number - 1)), chunk.low(entry(number - 1)))] = number;
            }
        }
        slots = larger;
    }

    /** The slot of the device, or the free one where it belongs. Capacities are powers of two. */
    private int find(int[] in, long high, long low) {
        int mask = in.length - 1;
        for (int slot = (int) low & mask; ; slot = (slot + 1) & mask) {
            int number = in[slot] - 1;
            if (number == NONE) {
                return slot;
            }
            Chunk chunk = chunk(number);
            if (chunk.high(entry(number)) == high && chunk.low(entry(number)) == low) {
                return slot;
            }
        }
    }

    private Chunk chunk(int number) {
        return chunks[number >>> Chunk.ENTRIES_BITS];
    }

    private static int entry(int number) {
        return number & (Chunk.ENTRIES_MAX - 1);
    }
}
