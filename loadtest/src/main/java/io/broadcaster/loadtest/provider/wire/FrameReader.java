package io.broadcaster.loadtest.provider.wire;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a client's bytes into frames, wherever reads happen to split them. Frames are parsed in an array that all
 * connections of an event loop share, so that it stays in the processor's cache; only an unfinished frame is kept per
 * connection. Bound: {@value Frame#PAYLOAD_MAX} bytes per frame. Confined to the connection's event loop.
 */
final class FrameReader {
    private static final int SHARED_BYTES = 64 * 1_024;
    private static final FastThreadLocal<byte[]> SHARED = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[SHARED_BYTES];
        }
    };

    /** What every client begins with (RFC 9113, 3.4). */
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Frames frames;
    private boolean prefaceRead;
    private byte[] rest = {};
    private int restLength;

    FrameReader(Frames frames) {
        this.frames = frames;
    }

    /** Takes whole frames. */
    interface Frames {
        /** The frame whose header is at {@code at}; its bytes are lent for the call. */
        void frame(byte[] bytes, int at) throws Http2Fault;

        /** The bytes lent so far are about to be reused. */
        void endOfBytes();
    }

    void read(ByteBuf in) throws Http2Fault {
        byte[] bytes = SHARED.get();
        System.arraycopy(rest, 0, bytes, 0, restLength);
        int filled = restLength;
        restLength = 0;
        while (in.isReadable()) {
            int taken = Math.min(in.readableBytes(), bytes.length - filled);
            in.readBytes(bytes, filled, taken);
            filled += taken;
            int end = parse(bytes, filled);
            frames.endOfBytes();
            filled -= end;
            System.arraycopy(bytes, end, bytes, 0, filled);
        }
        keep(bytes, filled);
    }

    /** Hands out all whole frames; where they end. */
    private int parse(byte[] bytes, int end) throws Http2Fault {
        int at = 0;
        if (!prefaceRead) {
            int compared = Math.min(end, PREFACE.length);
            if (!Arrays.equals(bytes, 0, compared, PREFACE, 0, compared)) {
                throw Http2Fault.protocol("client must begin with the preface");
            }
            if (end < PREFACE.length) {
                return 0;
            }
            prefaceRead = true;
            at = PREFACE.length;
        }
        while (end - at >= Frame.HEADER_BYTES) {
            int length = Frame.payloadLength(bytes, at);
            if (length > Frame.PAYLOAD_MAX) {
                throw Http2Fault.size("frame must have at most " + Frame.PAYLOAD_MAX + " bytes");
            }
            int next = at + Frame.HEADER_BYTES + length;
            if (next > end) {
                break;
            }
            frames.frame(bytes, at);
            at = next;
        }
        return at;
    }

    private void keep(byte[] bytes, int length) {
        if (rest.length < length) {
            rest = new byte[Math.max(length, 2 * rest.length)];
        }
        System.arraycopy(bytes, 0, rest, 0, length);
        restLength = length;
    }
}
