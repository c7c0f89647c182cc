package io.broadcaster.loadtest.provider.journal;

import java.util.Arrays;

/**
 * What one device got, as numbers, for those who ask about millions of devices; reused from device to device. Confined to
 * one thread. {@link DeviceReceipts} is the same in full.
 */
public final class DeviceTrace {
    private long high;
    private long low;
    private int accepted;
    private int refused;
    private long firstNanos;
    private long lastNanos;

    /** Entries, the latest first: where they are. */
    private Chunk[] chunks = new Chunk[2];

    private int[] entries = new int[2];
    private int size;

    /** The first half of the device's {@link TokenKey}. */
    public long high() {
        return high;
    }

    /** The second half of the device's {@link TokenKey}. */
    public long low() {
        return low;
    }

    /** The device's key as an object. */
    public TokenKey key() {
        return new TokenKey(high, low);
    }

    /** Accepted deliveries. */
    public int accepted() {
        return accepted;
    }

    /** Accepted deliveries under the collapse id of this number. */
    public int acceptedUnder(int collapseNumber) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += what(i) == collapseNumber ? 1 : 0;
        }
        return count;
    }

    /** Whether a refusal was for the reason of this number. */
    public boolean refusedFor(int reasonNumber) {
        if (refused == 0) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (what(i) == ~reasonNumber) {
                return true;
            }
        }
        return false;
    }

    void begin(long keyHigh, long keyLow) {
        high = keyHigh;
        low = keyLow;
        accepted = 0;
        refused = 0;
        size = 0;
        firstNanos = Long.MAX_VALUE;
        lastNanos = Long.MIN_VALUE;
    }

    void add(Chunk chunk, int entry) {
        if (size == entries.length) {
            chunks = Arrays.copyOf(chunks, 2 * size);
            entries = Arrays.copyOf(entries, 2 * size);
        }
        chunks[size] = chunk;
        entries[size++] = entry;
        if (chunk.what(entry) < 0) {
            refused++;
            return;
        }
        accepted++;
        firstNanos = Math.min(firstNanos, chunk.nanos(entry));
        lastNanos = Math.max(lastNanos, chunk.nanos(entry));
    }

    int size() {
        return size;
    }

    /** See {@link Chunk#what}; 0 is the latest entry. */
    int what(int i) {
        return chunks[i].what(entries[i]);
    }

    long idHigh(int i) {
        return chunks[i].idHigh(entries[i]);
    }

    long idLow(int i) {
        return chunks[i].idLow(entries[i]);
    }

    /** When the first delivery was accepted, in nanoseconds since {@link Journal#startedAt}; of a device with one. */
    public long firstNanos() {
        return firstNanos;
    }

    long lastNanos() {
        return lastNanos;
    }
}
