package io.broadcaster.loadtest.provider.wire;

import java.util.Arrays;

/**
 * Answers as frames, encoded when they were given and held until they are due; those that fall due together are one run of
 * bytes. They leave in the order in which they came. Bounds: as many answers as streams are granted; the arrays grow to
 * what was held at most. Confined to the connection's event loop.
 */
final class HeldAnswers {
    private static final int BYTES_AT_START = 4_096;
    private static final int RUNS_AT_START = 16;

    /** Stream number of an answer that nobody waits for any more. */
    static final int CANCELLED = 0;

    private byte[] bytes = new byte[BYTES_AT_START];
    private int head;
    private int tail;

    /** A ring of runs: due time, bytes, answers, and bytes of bodies. */
    private long[] due = new long[RUNS_AT_START];

    private int[] lengths = new int[RUNS_AT_START];
    private int[] answers = new int[RUNS_AT_START];
    private int[] bodyBytes = new int[RUNS_AT_START];
    private int firstRun;
    private int runs;
    private int cancelled;

    boolean isEmpty() {
        return runs == 0;
    }

    /** When the first run is due; there must be one. */
    long firstDue() {
        return due[firstRun];
    }

    /** Bytes of bodies in the first run, which the client's windows must take. */
    int firstBodyBytes() {
        return bodyBytes[firstRun];
    }

    /** Answers in the first run, without those cancelled while there was only one way to know: by looking. */
    int firstAnswers() {
        return answers[firstRun];
    }

    /** Whether an answer that is held was cancelled. */
    boolean anyCancelled() {
        return cancelled > 0;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the first run begins in {@link #bytes()}. */
    int firstFrom() {
        return head;
    }

    int firstLength() {
        return lengths[firstRun];
    }

    void removeFirst() {
        head += lengths[firstRun];
        firstRun = (firstRun + 1) & (due.length - 1);
        runs--;
        if (runs == 0) {
            head = 0;
            tail = 0;
        }
    }

    void add(int stream, ProviderAnswer answer, long dueNanos) {
        byte[] block = answer.head().block();
        byte[] body = answer.body();
        boolean open = !answer.head().open().isEmpty();
        int blockLength = block.length + (open ? 1 + answer.valueLength() : 0);
        int length = Frame.HEADER_BYTES + blockLength + (body.length == 0 ? 0 : Frame.HEADER_BYTES + body.length);
        makeRoom(length);
        int flags = Frame.END_HEADERS | (body.length == 0 ? Frame.END_STREAM : 0);
        Frame.writeHeader(bytes, tail, blockLength, Frame.typeAndFlags(Frame.HEADERS, flags), stream);
        int at = tail + Frame.HEADER_BYTES;
        System.arraycopy(block, 0, bytes, at, block.length);
        at += block.length;
        if (open) {
            bytes[at++] = (byte) answer.valueLength();
            System.arraycopy(answer.value(), answer.valueFrom(), bytes, at, answer.valueLength());
            at += answer.valueLength();
        }
        if (body.length > 0) {
            int data = Frame.typeAndFlags(Frame.DATA, Frame.END_STREAM);
            Frame.writeHeader(bytes, at, body.length, data, stream);
            System.arraycopy(body, 0, bytes, at + Frame.HEADER_BYTES, body.length);
        }
        tail += length;
        int run = runDue(dueNanos);
        lengths[run] += length;
        answers[run]++;
        bodyBytes[run] += body.length;
    }

    /** Takes a stream's answer back; false when none is held. Looks at all of them: clients seldom reset. */
    boolean cancel(int stream) {
        boolean found = false;
        for (int at = head; at < tail; at += Frame.HEADER_BYTES + Frame.payloadLength(bytes, at)) {
            if (Frame.stream(bytes, at) == stream) {
                int typeAndFlags = Frame.typeAndFlags(Frame.type(bytes, at), Frame.flags(bytes, at));
                Frame.writeHeader(bytes, at, Frame.payloadLength(bytes, at), typeAndFlags, CANCELLED);
                found = true;
            }
        }
        cancelled += found ? 1 : 0;
        return found;
    }

    /** A cancelled answer has been passed over. */
    void cancelledIsGone() {
        cancelled--;
    }

    /** The last run, if it falls due at this very time, else a new one. */
    private int runDue(long dueNanos) {
        int last = (firstRun + runs - 1) & (due.length - 1);
        if (runs > 0 && due[last] == dueNanos) {
            return last;
        }
        if (runs == due.length) {
            growRuns();
        }
        int run = (firstRun + runs) & (due.length - 1);
        runs++;
        due[run] = dueNanos;
        lengths[run] = 0;
        answers[run] = 0;
        bodyBytes[run] = 0;
        return run;
    }

    private void growRuns() {
        int capacity = due.length;
        due = Arrays.copyOf(due, 2 * capacity);
        lengths = Arrays.copyOf(lengths, 2 * capacity);
        answers = Arrays.copyOf(answers, 2 * capacity);
        bodyBytes = Arrays.copyOf(bodyBytes, 2 * capacity);
        // The runs before firstRun are the later ones: they move behind the others.
        System.arraycopy(due, 0, due, capacity, firstRun);
        System.arraycopy(lengths, 0, lengths, capacity, firstRun);
        System.arraycopy(answers, 0, answers, capacity, firstRun);
        System.arraycopy(bodyBytes, 0, bodyBytes, capacity, firstRun);
    }

    private void makeRoom(int length) {
        if (bytes.length - tail >= length) {
            return;
        }
        int held = tail - head;
        byte[] to = held + length <= bytes.length / 2 ? bytes : new byte[Math.max(2 * bytes.length, held + length)];
        System.arraycopy(bytes, head, to, 0, held);
        bytes = to;
        head = 0;
        tail = held;
    }
}
