package io.broadcaster.loadtest.provider.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A run of journal entries in the order in which one thread wrote them: {@value #ENTRIES_MAX} at most, 32 bytes each, 48
 * with an apns-id. Written by that thread only; an entry is visible to readers once it is counted in.
 */
final class Chunk {
    static final int ENTRIES_BITS = 14;
    static final int ENTRIES_MAX = 1 << ENTRIES_BITS;

    private static final int HIGH = 0;
    private static final int LOW = 1;
    private static final int NANOS = 2;
    private static final int WHAT = 3;
    private static final int ID_HIGH = 4;
    private static final int ID_LOW = 5;
    private static final int LONGS = 4;
    private static final int LONGS_WITH_ID = 6;

    private static final VarHandle ENTRIES;

    static {
        try {
            ENTRIES = MethodHandles.lookup().findVarHandle(Chunk.class, "entries", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int width;
    private final long[] longs;

    @SuppressWarnings("UnusedVariable") // through its handle
    private int entries;

    Chunk(boolean withIds) {
        width = withIds ? LONGS_WITH_ID : LONGS;
        longs = new long[ENTRIES_MAX * width];
    }

    /** Entries that a reader may read. */
    int size() {
        return (int) ENTRIES.getAcquire(this);
    }

    /** Writes the next entry, which {@link #publish} will count in; {@code at} is how many there are. */
    void write(int at, long high, long low, long nanos, int what) {
        int from = at * width;
        longs[from + HIGH] = high;
        longs[from + LOW] = low;
        longs[from + NANOS] = nanos;
        longs[from + WHAT] = what;
    }

    void writeId(int at, long idHigh, long idLow) {
        if (width == LONGS_WITH_ID) {
            longs[at * width + ID_HIGH] = idHigh;
            longs[at * width + ID_LOW] = idLow;
        }
    }

    void publish(int size) {
        ENTRIES.setRelease(this, size);
    }

    long high(int entry) {
        return longs[entry * width + HIGH];
    }

    long low(int entry) {
        return longs[entry * width + LOW];
    }

    long nanos(int entry) {
        return longs[entry * width + NANOS];
    }

    /** Not negative: the number of the collapse id of a delivery. Negative: {@code ~} the number of a refusal's reason. */
    int what(int entry) {
        return (int) longs[entry * width + WHAT];
    }

    long idHigh(int entry) {
        return width == LONGS_WITH_ID ? longs[entry * width + ID_HIGH] : 0;
    }

    long idLow(int entry) {
        return width == LONGS_WITH_ID ? longs[entry * width + ID_LOW] : 0;
    }
}
