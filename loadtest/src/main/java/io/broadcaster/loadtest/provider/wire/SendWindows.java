package io.broadcaster.loadtest.provider.wire;

import io.netty.handler.codec.http2.Http2Error;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the client lets us send (RFC 9113, 5.2). Bodies that its windows do not take wait here and leave piece by piece.
 * Bounds: as many waiting bodies as streams are granted, {@value #CREDITS_MAX} streams with a window of their own. Confined
 * to the connection's event loop.
 */
final class SendWindows {
    private static final int WINDOW_AT_START = 65_535;

    /** Windows that were opened for a stream before its answer came; more than any client has streams. */
    private static final int CREDITS_MAX = 4_096;

    private final Outbound out;
    private final Map<Integer, Waiting> waiting = new LinkedHashMap<>();
    private final Map<Integer, Integer> credits = new LinkedHashMap<>();
    private long connection = WINDOW_AT_START;
    private int initial = WINDOW_AT_START;

    SendWindows(Outbound out) {
        this.out = out;
    }

    /** The rest of a body. */
    private static final class Waiting {
        private final byte[] body;
        private int sent;
        private long window;

        Waiting(byte[] body, long window) {
            this.body = body;
            this.window = window;
        }
    }

    /** Spends {@code bytes} at once if no window can stand in the way of answers that have so many in all. */
    boolean take(int bytes) {
        if (bytes > connection || bytes > initial || !credits.isEmpty() || !waiting.isEmpty()) {
            return false;
        }
        connection -= bytes;
        return true;
    }

    /** Sends a body, or as much as the windows take; true when it has left whole. */
    boolean send(int stream, byte[] bytes, int from, int length) {
        Integer credit = credits.remove(stream);
        long window = (long) initial + (credit == null ? 0 : credit);
        if (length <= window && length <= connection) {
            connection -= length;
            out.data(stream, true, bytes, from, length);
            return true;
        }
        byte[] body = new byte[length];
        System.arraycopy(bytes, from, body, 0, length);
        var rest = new Waiting(body, window);
        waiting.put(stream, rest);
        sendMore(stream, rest);
        return false;
    }

    /** Forgets a stream that was reset; whether a body was waiting. */
    boolean cancel(int stream) {
        credits.remove(stream);
        return waiting.remove(stream) != null;
    }

    /** The client takes more on the connection; how many bodies have left whole. */
    int open(int bytes) throws Http2Fault {
        connection += bytes;
        if (connection > Integer.MAX_VALUE) {
            throw new Http2Fault(Http2Error.FLOW_CONTROL_ERROR, "window must not exceed 2^31-1");
        }
        return sendWaiting();
    }

    /** The client takes more on one stream; false when that exceeds what a window may be. */
    boolean openStream(int stream, int bytes) {
        Waiting rest = waiting.get(stream);
        if (rest != null) {
            rest.window += bytes;
            return rest.window <= Integer.MAX_VALUE;
        }
        if (initial >= Frame.PAYLOAD_MAX) {
            return (long) initial + bytes <= Integer.MAX_VALUE; // no body of ours can need more than the window has
        }
        if (credits.size() < CREDITS_MAX || credits.containsKey(stream)) {
            credits.merge(stream, bytes, SendWindows::addUpToMax);
        }
        return (long) initial + credits.getOrDefault(stream, 0) <= Integer.MAX_VALUE;
    }

    /** The client's SETTINGS_INITIAL_WINDOW_SIZE, which moves the windows of all open streams. */
    void initial(int bytes) {
        for (Waiting rest : waiting.values()) {
            rest.window += (long) bytes - initial;
        }
        initial = bytes;
    }

    /** Sends what the windows now take of the waiting bodies; how many have left whole. */
    int sendWaiting() {
        int whole = 0;
        for (Iterator<Map.Entry<Integer, Waiting>> i = waiting.entrySet().iterator(); i.hasNext() && connection > 0; ) {
            Map.Entry<Integer, Waiting> next = i.next();
            if (sendMore(next.getKey(), next.getValue())) {
                i.remove();
                whole++;
            }
        }
        return whole;
    }

    /** True when that was the end. */
    private boolean sendMore(int stream, Waiting rest) {
        int left = rest.body.length - rest.sent;
        int bytes = (int) Math.max(0, Math.min(left, Math.min(rest.window, connection)));
        if (bytes > 0) {
            out.data(stream, bytes == left, rest.body, rest.sent, bytes);
            rest.sent += bytes;
            rest.window -= bytes;
            connection -= bytes;
        }
        return bytes == left;
    }

    private static int addUpToMax(int a, int b) {
        return (int) Math.min(Integer.MAX_VALUE, (long) a + b);
    }
}
