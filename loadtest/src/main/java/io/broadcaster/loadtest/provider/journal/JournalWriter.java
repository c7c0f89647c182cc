package io.broadcaster.loadtest.provider.journal;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One thread's pen for one platform's journal: an entry is a few stores at the end of a run that only this thread writes,
 * whatever the number of devices. No look-up, no lock, nothing allocated but a chunk in 16,384. Confined to its thread; its
 * sums may be read by any.
 */
public final class JournalWriter {
    private static final int ACCEPTED = Journal.REASONS_MAX;
    private static final int FIRST_NANOS = ACCEPTED + 1;
    private static final int LAST_NANOS = ACCEPTED + 2;

    private final Book book;
    private final AtomicLongArray sums = new AtomicLongArray(LAST_NANOS + 1);
    private Chunk chunk;
    private int size;
    private long nanos;
    private long accepted;

    JournalWriter(Book book) {
        this.book = book;
        chunk = book.newChunk();
    }

    /** What is written until the next call happened now. */
    public void now() {
        nanos = book.nanosNow();
    }

    /** The provider took a notification; {@code collapseNumber} comes from {@link Journal#collapseNumber}. */
    public void accepted(long keyHigh, long keyLow, int collapseNumber, long idHigh, long idLow) {
        int at = next();
        chunk.write(at, keyHigh, keyLow, nanos, collapseNumber);
        chunk.writeId(at, idHigh, idLow);
        chunk.publish(at + 1);
        if (accepted == 0) {
            sums.setPlain(FIRST_NANOS, nanos);
        }
        sums.setPlain(LAST_NANOS, nanos);
        sums.setRelease(ACCEPTED, ++accepted);
    }

    /** The provider refused a notification to a device; {@code reason} comes from {@link Journal#reasonNumber}. */
    public void refused(long keyHigh, long keyLow, int reason) {
        int at = next();
        chunk.write(at, keyHigh, keyLow, nanos, ~reason);
        chunk.writeId(at, 0, 0);
        chunk.publish(at + 1);
        refused(reason);
    }

    /** The provider refused a request that named no device it could read. */
    public void refused(int reason) {
        sums.setRelease(reason, sums.getPlain(reason) + 1);
    }

    /** Writes as of another time. */
    void at(long otherNanos) {
        nanos = otherNanos;
    }

    void addRefused(int reason, long count) {
        sums.setRelease(reason, sums.getPlain(reason) + count);
    }

    long acceptedSum() {
        return sums.getAcquire(ACCEPTED);
    }

    /** Times of the first and last delivery; read after {@link #acceptedSum} has said that there is one. */
    long firstNanos() {
        return sums.getPlain(FIRST_NANOS);
    }

    long lastNanos() {
        return sums.getPlain(LAST_NANOS);
    }

    long refusedSum(int reason) {
        return sums.getAcquire(reason);
    }

    private int next() {
        if (size == Chunk.ENTRIES_MAX) {
            chunk = book.newChunk();
            size = 0;
        }
        return size++;
    }
}
