package io.broadcaster.sender.provider.http2;

import io.netty.handler.codec.http2.Http2Settings;

/** What a scripted peer does; unless overridden it accepts everything. Called on the peer's event loop. */
class Script {
    /** The client's preface came. */
    void connected(PeerConnection connection) {
        connection.settings(new Http2Settings());
    }

    /** The warm-up has come whole. */
    void warmUp(PeerConnection connection, int stream) {
        connection.head(stream, 200, true);
    }

    /** A request's head came. */
    void opened(PeerConnection connection, int stream) {}

    /** So much of a body came; the windows are the script's. */
    void data(PeerConnection connection, int stream, int bytes) {
        connection.window(0, bytes);
    }

    /** A request came whole. */
    void request(PeerConnection connection, PeerConnection.Request request) {
        connection.head(request.stream(), 200, true);
    }

    /** A PING that is no answer. */
    void ping(PeerConnection connection, long opaque) {
        connection.pong(opaque);
    }
}
