package io.broadcaster.loadtest.provider.journal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A run of journal entries in the order in which one thread wrote them: {@value #ENTRIES_MAX} at most, 32 bytes each, 48
 * with an apns-id. Written by that thread only; an entry is visible to readers once it is counted in. Outside the heap,
 * which would copy it; freed when the journal is no longer reachable.
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
    private final MemorySegment longs;

    @SuppressWarnings("UnusedVariable") // through its handle
    private int entries;

    Chunk(boolean withIds) {
        width = withIds ? LONGS_WITH_ID : LONGS;
        longs = Arena.ofAuto().allocate((long) ENTRIES_MAX * width * Long.BYTES, Long.BYTES);
    }

    /** Entries that a reader may read. */
    int size() {
        return (int) ENTRIES.getAcquire(this);
    }

    /** Writes the next entry, which {@link #publish} will count in; {@code at} is how many there are. */
    void write(int at, long high, long low, long nanos, int what) {
        int from = at * width;
        set(from + HIGH, high);
        set(from + LOW, low);
        set(from + NANOS, nanos);
        set(from + WHAT, what);
    }

    void writeId(int at, long idHigh, long idLow) {
        if (width == LONGS_WITH_ID) {
            set(at * width + ID_HIGH, idHigh);
            set(at * width + ID_LOW, idLow);
        }
    }

    void publish(int size) {
        ENTRIES.setRelease(this, size);
    }

    long high(int entry) {
        return get(entry * width + HIGH);
    }

    long low(int entry) {
        return get(entry * width + LOW);
    }

    long nanos(int entry) {
        return get(entry * width + NANOS);
    }

    /** Not negative: the number of the collapse id of a delivery. Negative: {@code ~} the number of a refusal's reason. */
    int what(int entry) {
        return (int) get(entry * width + WHAT);
    }

    long idHigh(int entry) {
        return width == LONGS_WITH_ID ? get(entry * width + ID_HIGH) : 0;
    }

    long idLow(int entry) {
        return width == LONGS_WITH_ID ? get(entry * width + ID_LOW) : 0;
    }

    private void set(int index, long value) {
        longs.setAtIndex(ValueLayout.JAVA_LONG, index, value);
    }

    private long get(int index) {
        return longs.getAtIndex(ValueLayout.JAVA_LONG, index);
    }
}
