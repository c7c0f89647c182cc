package io.broadcaster.sender.provider.http2;

import org.jspecify.annotations.Nullable;

/**
 * How much content the peer takes (RFC 9113, section 6.9): of the connection, and of each stream at its start. A body that
 * does not fit is cut, and nothing new starts before its rest is out; every provider's windows are far larger than a body.
 * Confined to the connection's event loop.
 */
final class SendWindows {
    private long connection = Frames.WINDOW_DEFAULT;
    private int streamFirst = Frames.WINDOW_DEFAULT;
    private @Nullable Rest rest;

    /** The end of a body that did not fit. */
    static final class Rest {
        final int stream;
        final byte[] body;
        int at;
        private long window;

        private Rest(int stream, byte[] body, long window) {
            this.stream = stream;
            this.body = body;
            this.window = window;
        }

        int left() {
            return body.length - at;
        }
    }

    /** Takes room for a whole body; false when it must be cut. */
    boolean take(int bytes) {
        if (bytes > connection || bytes > streamFirst) {
            return false;
        }
        connection -= bytes;
        return true;
    }

    /** Keeps a body that did not fit, none of which has been sent. */
    void keep(int stream, byte[] body) {
        rest = new Rest(stream, body, streamFirst);
    }

    /** What is kept; null when nothing is. */
    @Nullable Rest rest() {
        return rest;
    }

    /** How much of the rest may be sent now, in one frame. */
    int sendable() {
        Rest kept = rest;
        if (kept == null) {
            return 0;
        }
        long most = Math.min(Math.min(connection, kept.window), Math.min(kept.left(), Frames.PAYLOAD_MAX));
        return (int) Math.max(0, most);
    }

    /** So much of the rest was sent. */
    void sent(int bytes) {
        Rest kept = rest;
        if (kept != null) {
            connection -= bytes;
            kept.window -= bytes;
            kept.at += bytes;
            if (kept.left() == 0) {
                rest = null;
            }
        }
    }

    /** The stream has ended; whether the rest of its body was still to be sent. */
    boolean forget(int stream) {
        boolean unsent = rest != null && rest.stream == stream;
        if (unsent) {
            rest = null;
        }
        return unsent;
    }

    /** A new size for streams, open ones included. */
    void streamsStartAt(long bytes) throws ProtocolException {
        if (bytes > Integer.MAX_VALUE) {
            throw new ProtocolException(ProtocolException.FLOW_CONTROL_ERROR, "initial window over 2^31 - 1");
        }
        if (rest != null) {
            rest.window += bytes - streamFirst;
        }
        streamFirst = (int) bytes;
    }

    /** The peer makes room. */
    void grow(int stream, int increment) throws ProtocolException {
        if (increment == 0) {
            throw new ProtocolException(ProtocolException.PROTOCOL_ERROR, "WINDOW_UPDATE of 0");
        }
        if (stream == 0) {
            connection += increment;
            if (connection > Integer.MAX_VALUE) {
                throw new ProtocolException(ProtocolException.FLOW_CONTROL_ERROR, "window over 2^31 - 1");
            }
        } else if (rest != null && rest.stream == stream) {
            rest.window += increment;
        }
    }
}
