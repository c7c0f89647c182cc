package io.broadcaster.loadtest.provider.wire;

import io.netty.handler.codec.http2.Http2Error;

/**
 * Which streams a client may open, and what is known of those that ended. Only the last {@value #REMEMBERED} streams that
 * we reset are remembered: what is in flight on them is passed over. Confined to one connection.
 */
final class StreamRules {
    private static final int REMEMBERED = 1_024;

    private final int[] reset = new int[REMEMBERED];
    private int resets;
    private int last;
    private int active;
    private int streamsMax;

    StreamRules(int streamsMax) {
        this.streamsMax = streamsMax;
    }

    /** The highest stream that the client has opened. */
    int last() {
        return last;
    }

    /** Streams that were opened and have not ended. */
    int active() {
        return active;
    }

    /** Another bound for streams that are opened from now on. */
    void streamsMax(int streams) {
        streamsMax = streams;
    }

    /** Notes a new stream; false when it is one too many. */
    boolean open(int stream) throws Http2Fault {
        if ((stream & 1) == 0) {
            throw Http2Fault.protocol("client's streams must have odd numbers");
        }
        last = stream;
        if (active >= streamsMax) {
            return false;
        }
        active++;
        return true;
    }

    /** Streams have ended. */
    void ended(int streams) {
        active -= streams;
    }

    /** Whether the stream has never been opened. */
    boolean isIdle(int stream) {
        return stream > last || (stream & 1) == 0;
    }

    /** Notes that we have reset a stream. */
    void reset(int stream) {
        reset[resets++ & (REMEMBERED - 1)] = stream;
    }

    boolean wasReset(int stream) {
        for (int known : reset) {
            if (known == stream) {
                return true;
            }
        }
        return false;
    }

    /** Refuses a frame on stream 0, or on one that was never opened. */
    void requireOpened(int stream, String frame) throws Http2Fault {
        if (isIdle(stream)) {
            throw Http2Fault.protocol(frame + " must be on a stream that was opened");
        }
    }

    /** Refuses a frame that belongs to a stream on the connection, or the other way round. */
    static void requireConnection(int stream, String frame) throws Http2Fault {
        if (stream != 0) {
            throw Http2Fault.protocol(frame + " must be on stream 0");
        }
    }

    /** Refuses a frame of another size. */
    static void requireLength(int length, int must, String frame) throws Http2Fault {
        if (length != must) {
            throw new Http2Fault(Http2Error.FRAME_SIZE_ERROR, frame + " must have " + must + " bytes");
        }
    }
}
