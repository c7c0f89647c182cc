package io.broadcaster.loadtest.provider.wire;

import io.netty.handler.codec.http2.Http2Error;
import java.util.HashSet;
import java.util.Set;

/**
 * Which streams a client may open, and what is known of those that ended. Only the last {@value #REMEMBERED} streams that
 * we reset are remembered: what is in flight on them is passed over. Confined to one connection.
 */
final class StreamRules {
    private static final int REMEMBERED = 1_024;
    private static final int NOT_GOING = -1;

    private final int[] reset = new int[REMEMBERED];
    private int resets;
    private int last;
    private int active;
    private final Set<Integer> silent = new HashSet<>();
    private int granted;

    /** What the client must keep to: what it was granted, or more while it may not yet have read that it is less. */
    private int streamsMax;

    private int unacknowledged = 1;
    private int lastPromised = NOT_GOING;

    StreamRules(int streamsMax) {
        granted = streamsMax;
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

    /** Streams that the client was granted last. */
    int granted() {
        return granted;
    }

    /** Grants more or fewer streams; true when that is a change, which the client must be told. */
    boolean grant(int streams) {
        if (streams == granted) {
            return false;
        }
        granted = streams;
        unacknowledged++;
        streamsMax = Math.max(streamsMax, streams);
        return true;
    }

    /** The client has read one more of our SETTINGS. */
    void acknowledged() {
        unacknowledged--;
        if (unacknowledged <= 0) {
            streamsMax = granted;
        }
    }

    /** Nothing that is opened from now on will be processed. */
    void goAway() {
        lastPromised = last;
    }

    boolean isGoingAway() {
        return lastPromised != NOT_GOING;
    }

    /** The last stream that was or will be processed. */
    int lastPromised() {
        return isGoingAway() ? lastPromised : last;
    }

    /** Notes a stream that will stay open without an answer. */
    void silence(int stream) {
        silent.add(stream);
    }

    /** Whether the stream was one of those; it no longer is. */
    boolean unsilence(int stream) {
        return silent.remove(stream);
    }

    /** Notes a new stream; false when it is one too many. */
    boolean open(int stream) throws Http2Fault {
        if ((stream & 1) == 0) {
            throw Http2Fault.protocol("client's streams must have odd numbers");
        }
        last = stream;
        if (isGoingAway() || active >= streamsMax) {
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
