package io.broadcaster.sender.provider.http2;

/** The peer broke HTTP/2: the connection ends with a GOAWAY of this code (RFC 9113, section 7). */
public final class ProtocolException extends Exception {
    static final int NO_ERROR = 0x0;
    static final int PROTOCOL_ERROR = 0x1;
    static final int FLOW_CONTROL_ERROR = 0x3;
    static final int FRAME_SIZE_ERROR = 0x6;
    static final int REFUSED_STREAM = 0x7;
    static final int CANCEL = 0x8;
    static final int COMPRESSION_ERROR = 0x9;

    private final int code;

    ProtocolException(int code, String message) {
        super(message);
        this.code = code;
    }

    int code() {
        return code;
    }
}
