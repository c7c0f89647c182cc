package io.broadcaster.loadtest.provider.wire;

import io.netty.handler.codec.http2.Http2Error;

/** The client broke HTTP/2: the connection ends with this code. Costs no stack trace. */
final class Http2Fault extends Exception {
    private final Http2Error code;

    Http2Fault(Http2Error code, String rule) {
        super(rule, null, false, false);
        this.code = code;
    }

    Http2Error code() {
        return code;
    }

    /** The broken rule. */
    String rule() {
        return String.valueOf(getMessage());
    }

    static Http2Fault protocol(String rule) {
        return new Http2Fault(Http2Error.PROTOCOL_ERROR, rule);
    }

    static Http2Fault size(String rule) {
        return new Http2Fault(Http2Error.FRAME_SIZE_ERROR, rule);
    }
}
