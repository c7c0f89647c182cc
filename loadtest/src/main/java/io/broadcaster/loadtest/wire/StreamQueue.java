package io.broadcaster.loadtest.wire;

import java.util.Arrays;

/** Streams that wait for their answers, first come first served, each with the time at which it is due. One thread. */
final class StreamQueue {
    private static final int AT_START = 1_024;

    private int[] streams = new int[AT_START];
    private long[] due = new long[AT_START];
    private int head;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void add(int stream, long dueNanos) {
        if (size == streams.length) {
            grow();
        }
        int at = (head + size) & (streams.length - 1);
        streams[at] = stream;
        due[at] = dueNanos;
        size++;
    }

    /** When the first is due; of a queue that is not empty. */
    long firstDue() {
        return due[head];
    }

    /** Takes the first; of a queue that is not empty. */
    int remove() {
        int stream = streams[head];
        head = (head + 1) & (streams.length - 1);
        size--;
        return stream;
    }

    private void grow() {
        int[] moreStreams = Arrays.copyOf(streams, streams.length * 2);
        long[] moreDue = Arrays.copyOf(due, due.length * 2);
        for (int i = 0; i < size; i++) {
            int at = (head + i) & (streams.length - 1);
            moreStreams[i] = streams[at];
            moreDue[i] = due[at];
        }
        streams = moreStreams;
        due = moreDue;
        head = 0;
    }
}
