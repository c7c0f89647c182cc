package io.broadcaster.loadtest.provider.wire;

import io.netty.handler.codec.http2.Http2Error;

/** The client's settings (RFC 9113, 6.5.2): refuses what they must not be, obeys those that bear on answers. */
final class ClientSettings {
    static final int HEADER_TABLE_SIZE = 1;
    static final int ENABLE_PUSH = 2;
    static final int STREAMS_MAX = 3;
    static final int INITIAL_WINDOW = 4;
    static final int FRAME_MAX = 5;
    static final int HEADER_LIST_MAX = 6;

    private static final int TABLE_BYTES_AT_START = 4_096;
    private static final int FRAME_MAX_MAX = (1 << 24) - 1;

    private final AnswerRelease answers;
    private int tableBytes = TABLE_BYTES_AT_START;

    ClientSettings(AnswerRelease answers) {
        this.answers = answers;
    }

    void apply(int setting, int value) throws Http2Fault {
        switch (setting) {
            case HEADER_TABLE_SIZE -> {
                if (Integer.compareUnsigned(value, tableBytes) < 0) {
                    answers.announceEmptyTable();
                }
                tableBytes = value;
            }
            case ENABLE_PUSH -> {
                if (value != 0 && value != 1) {
                    throw Http2Fault.protocol("ENABLE_PUSH must be 0 or 1");
                }
            }
            case INITIAL_WINDOW -> {
                if (value < 0) {
                    throw new Http2Fault(Http2Error.FLOW_CONTROL_ERROR, "INITIAL_WINDOW_SIZE must be at most 2^31-1");
                }
                answers.windows().initial(value);
            }
            case FRAME_MAX -> {
                if (value < Frame.PAYLOAD_MAX || value > FRAME_MAX_MAX) {
                    throw Http2Fault.protocol("MAX_FRAME_SIZE must be from 2^14 to 2^24-1");
                }
            }
            default -> {
                // limits what a server may do that we never do, or is of an extension
            }
        }
    }
}
