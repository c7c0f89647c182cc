package io.broadcaster.loadtest.provider.wire;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;

/** Status codes as header values. */
final class StatusText {
    private StatusText() {}

    static AsciiString of(int status) {
        return HttpResponseStatus.valueOf(status).codeAsText();
    }
}
