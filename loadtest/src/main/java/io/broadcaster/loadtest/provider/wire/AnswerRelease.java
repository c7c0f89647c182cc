package io.broadcaster.loadtest.provider.wire;

/**
 * Lets held answers go when they are due: run by run in one copy as long as nothing is in the way, else answer by answer
 * (a stream was reset meanwhile, a window is too small, or the client shrank HPACK's table). Confined to one connection.
 */
final class AnswerRelease {
    /** HPACK: from here on the dynamic table has no bytes. */
    private static final byte EMPTY_TABLE = 0x20;

    private final HeldAnswers held = new HeldAnswers();
    private final SendWindows windows;
    private final Outbound out;
    private boolean announceEmptyTable;

    AnswerRelease(Outbound out) {
        this.out = out;
        windows = new SendWindows(out);
    }

    HeldAnswers held() {
        return held;
    }

    SendWindows windows() {
        return windows;
    }

    /** The client's decoder expects to hear in the next block that its smaller table is obeyed. */
    void announceEmptyTable() {
        announceEmptyTable = true;
    }

    /** Sends what is due at {@code nowNanos}; how many streams ended by it. */
    int release(long nowNanos) {
        int ended = 0;
        while (!held.isEmpty() && held.firstDue() - nowNanos <= 0) {
            if (!held.anyCancelled() && !announceEmptyTable && windows.take(held.firstBodyBytes())) {
                out.bytes(held.bytes(), held.firstFrom(), held.firstLength());
                ended += held.firstAnswers();
            } else {
                ended += releaseOneByOne();
            }
            held.removeFirst();
        }
        return ended;
    }

    private int releaseOneByOne() {
        byte[] bytes = held.bytes();
        int ended = 0;
        int end = held.firstFrom() + held.firstLength();
        for (int at = held.firstFrom(); at < end; ) {
            int length = Frame.payloadLength(bytes, at);
            int payload = at + Frame.HEADER_BYTES;
            int stream = Frame.stream(bytes, at);
            boolean headers = Frame.type(bytes, at) == Frame.HEADERS;
            boolean last = (Frame.flags(bytes, at) & Frame.END_STREAM) != 0;
            if (stream == HeldAnswers.CANCELLED) {
                if (headers) {
                    held.cancelledIsGone();
                }
            } else if (headers) {
                headers(stream, last, bytes, payload, length);
                ended += last ? 1 : 0;
            } else {
                ended += windows.send(stream, bytes, payload, length) ? 1 : 0;
            }
            at = payload + length;
        }
        return ended;
    }

    private void headers(int stream, boolean last, byte[] bytes, int from, int length) {
        if (!announceEmptyTable) {
            out.headers(stream, last, bytes, from, length);
            return;
        }
        announceEmptyTable = false;
        byte[] block = new byte[length + 1];
        block[0] = EMPTY_TABLE;
        System.arraycopy(bytes, from, block, 1, length);
        out.headers(stream, last, block, 0, block.length);
    }
}
