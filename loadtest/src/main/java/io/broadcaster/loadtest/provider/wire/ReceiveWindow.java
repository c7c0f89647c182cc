package io.broadcaster.loadtest.provider.wire;

import io.netty.handler.codec.http2.Http2Error;

/**
 * What the client may send (RFC 9113, 5.2): given back in bulk once half of it is spent. A stream's window is the default
 * one and larger than any body that a rule reads. Confined to one connection.
 */
final class ReceiveWindow {
    /** SETTINGS_INITIAL_WINDOW_SIZE, the default. */
    static final int STREAM_BYTES = 65_535;

    /** What a connection has from the start by the RFC, and what we raise it to: one that 1,000 payloads fit in. */
    private static final int CONNECTION_BYTES_AT_START = 65_535;

    static final int CONNECTION_BYTES = 1 << 20;

    private final Outbound out;
    private int left = CONNECTION_BYTES_AT_START;

    ReceiveWindow(Outbound out) {
        this.out = out;
    }

    void start() {
        open();
    }

    /** Counts DATA of any stream. */
    void received(int bytes) throws Http2Fault {
        left -= bytes;
        if (left < 0) {
            throw new Http2Fault(Http2Error.FLOW_CONTROL_ERROR, "DATA must stay within the connection's window");
        }
        if (left < CONNECTION_BYTES / 2) {
            open();
        }
    }

    /** Counts DATA of one stream that goes on unless it is the {@code last}; false when its window does not hold them. */
    boolean received(ProviderRequest request, int bytes, boolean last) {
        int window = request.window() - bytes;
        if (window >= 0 && window < STREAM_BYTES / 2 && !last) {
            out.windowUpdate(request.stream(), STREAM_BYTES - window);
            window = STREAM_BYTES;
        }
        request.window(window);
        return window >= 0;
    }

    private void open() {
        out.windowUpdate(0, CONNECTION_BYTES - left);
        left = CONNECTION_BYTES;
    }
}
