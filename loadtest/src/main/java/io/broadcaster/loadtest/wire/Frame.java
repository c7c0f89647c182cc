package io.broadcaster.loadtest.wire;

/** HTTP/2 frames as bytes (RFC 9113, section 4.1 and 6). */
final class Frame {
    static final int HEAD_BYTES = 9;

    /** Where the stream id stands in a frame's head. */
    static final int STREAM_AT = 5;

    static final int DATA = 0x0;
    static final int HEADERS = 0x1;
    static final int SETTINGS = 0x4;
    static final int PING = 0x6;
    static final int GOAWAY = 0x7;
    static final int WINDOW_UPDATE = 0x8;
    static final int CONTINUATION = 0x9;

    static final int END_STREAM = 0x1;
    static final int ACK = 0x1;
    static final int END_HEADERS = 0x4;

    static final int SETTINGS_MAX_CONCURRENT_STREAMS = 0x3;
    static final int SETTINGS_INITIAL_WINDOW_SIZE = 0x4;
    static final int SETTING_BYTES = 6;

    /** Both windows before anybody says otherwise. */
    static final int WINDOW_DEFAULT = 65_535;

    static final int WINDOW_MAX = Integer.MAX_VALUE;
    static final int PING_BYTES = 8;

    /** Unless a peer is told otherwise, and this one tells nobody. */
    static final int PAYLOAD_MAX = 16_384;

    private Frame() {}
}
