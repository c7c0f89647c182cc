package io.broadcaster.sender.provider.http2;

import org.jspecify.annotations.Nullable;

/**
 * The open streams of one connection. Ids are consecutive odd numbers, so that a stream's slot is arithmetic on its id:
 * no map, no object per stream. Confined to the connection's event loop. The ring spans from the oldest open stream to the
 * newest and doubles when one slow answer keeps it long, up to {@link #SPAN_MAX} streams; then no stream opens.
 */
final class StreamRing {
    /** Streams between the oldest open one and the newest. */
    static final int SPAN_MAX = 1 << 16;

    /** A connection retires before its ids end at 2^31 - 1 (RFC 9113, section 5.1.1). */
    static final int ID_MAX = Integer.MAX_VALUE - 2 * SPAN_MAX;

    private static final int SPAN_FIRST = 256;

    private @Nullable Attempt[] attempts = new @Nullable Attempt[SPAN_FIRST];
    private int[] indexes = new int[SPAN_FIRST];
    private int[] openedAt = new int[SPAN_FIRST];
    private boolean[] succeeded = new boolean[SPAN_FIRST];
    private int oldest;
    private int next;
    private int open;

    StreamRing() {
        this(1);
    }

    /** For a ring that has come that far: {@code first} is odd. */
    StreamRing(int first) {
        oldest = first;
        next = first;
    }

    int open() {
        return open;
    }

    /** The id that the next stream will have. */
    int next() {
        return next;
    }

    /** Whether the connection's ids are used up. */
    boolean exhausted() {
        return next >= ID_MAX;
    }

    /** How many more streams there is room for. */
    int room() {
        return exhausted() ? 0 : SPAN_MAX - ((next - oldest) >> 1);
    }

    /** Opens the next stream for a device of an attempt, and answers with its id. Only while there is {@link #room}. */
    int open(Attempt attempt, int index, int nowMillis) {
        if ((next - oldest) >> 1 == attempts.length) {
            grow();
        }
        int id = next;
        int slot = slot(id);
        attempts[slot] = attempt;
        indexes[slot] = index;
        openedAt[slot] = nowMillis;
        succeeded[slot] = false;
        next += 2;
        open++;
        return id;
    }

    /** Whether the id is one of ours that has not been opened yet. */
    boolean idle(int id) {
        return (id & 1) == 0 || id >= next;
    }

    /** Whose stream it is; null when it is not open any more. */
    @Nullable Attempt attempt(int id) {
        return id < oldest || id >= next || (id & 1) == 0 ? null : attempts[slot(id)];
    }

    /** The index within its attempt of an open stream. */
    int index(int id) {
        return indexes[slot(id)];
    }

    /** Marks an open stream whose answer has begun with a success. */
    void succeed(int id) {
        succeeded[slot(id)] = true;
    }

    boolean succeeded(int id) {
        return succeeded[slot(id)];
    }

    /** Closes an open stream. */
    void close(int id) {
        attempts[slot(id)] = null;
        open--;
        while (oldest < next && attempts[slot(oldest)] == null) {
            oldest += 2;
        }
    }

    /** The oldest open stream; {@link #next} when there is none. */
    int oldest() {
        return oldest;
    }

    /** When an open stream was opened. */
    int openedAt(int id) {
        return openedAt[slot(id)];
    }

    private int slot(int id) {
        return (id >>> 1) & (attempts.length - 1);
    }

    private void grow() {
        int size = attempts.length;
        var before = attempts;
        int[] indexesBefore = indexes;
        int[] openedBefore = openedAt;
        boolean[] succeededBefore = succeeded;
        attempts = new @Nullable Attempt[2 * size];
        indexes = new int[2 * size];
        openedAt = new int[2 * size];
        succeeded = new boolean[2 * size];
        for (int id = oldest; id < next; id += 2) {
            int from = (id >>> 1) & (size - 1);
            int to = slot(id);
            attempts[to] = before[from];
            indexes[to] = indexesBefore[from];
            openedAt[to] = openedBefore[from];
            succeeded[to] = succeededBefore[from];
        }
    }
}
