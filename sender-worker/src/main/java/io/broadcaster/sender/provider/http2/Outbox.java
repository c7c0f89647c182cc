package io.broadcaster.sender.provider.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * What goes out on one connection: frames are put together in one array and leave in one buffer, and so in one run of TLS
 * records and one system call. Confined to the connection's event loop. Bound: {@link #BYTES} before they leave by themselves.
 */
final class Outbox {
    /** Fits the second-level cache together with what TLS makes of it; four TLS records. */
    static final int BYTES = 64 * 1_024;

    private final ChannelHandlerContext ctx;
    private final byte[] bytes = new byte[BYTES];
    private int end;
    private boolean written;

    Outbox(ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    /** The array that {@link #reserve} gives offsets of. */
    byte[] bytes() {
        return bytes;
    }

    /** Makes room for so many bytes, at most {@link #BYTES}, and answers with their offset. */
    int reserve(int length) {
        if (end + length > BYTES) {
            write();
        }
        int at = end;
        end += length;
        return at;
    }

    /** Takes back the last so many bytes of what was reserved last. */
    void cut(int length) {
        end -= length;
    }

    /** Sends all. */
    void flush() {
        write();
        if (written) {
            written = false;
            ctx.flush();
        }
    }

    /** A frame of one int, which is all that many frames hold. */
    void frame(byte type, int stream, int value) {
        int at = reserve(Frames.HEAD + Integer.BYTES);
        Frames.head(bytes, at, Integer.BYTES, type, 0, stream);
        Frames.INT.set(bytes, at + Frames.HEAD, value);
    }

    /** A PING or its answer. */
    void ping(long opaque, boolean ack) {
        int at = reserve(Frames.HEAD + Long.BYTES);
        Frames.head(bytes, at, Long.BYTES, Frames.PING, ack ? Frames.ACK : 0, 0);
        Frames.LONG.set(bytes, at + Frames.HEAD, opaque);
    }

    /** SETTINGS of alternating ids and values; none is the acknowledgement of the peer's. */
    void settings(int... idsAndValues) {
        int length = idsAndValues.length / 2 * (Short.BYTES + Integer.BYTES);
        int at = reserve(Frames.HEAD + length);
        Frames.head(bytes, at, length, Frames.SETTINGS, length == 0 ? Frames.ACK : 0, 0);
        int to = at + Frames.HEAD;
        for (int i = 0; i < idsAndValues.length; i += 2) {
            Frames.SHORT.set(bytes, to, (short) idsAndValues[i]);
            Frames.INT.set(bytes, to + Short.BYTES, idsAndValues[i + 1]);
            to += Short.BYTES + Integer.BYTES;
        }
    }

    /** GOAWAY without debug data; the server has opened no stream. */
    void goAway(int code) {
        int at = reserve(Frames.HEAD + Long.BYTES);
        Frames.head(bytes, at, Long.BYTES, Frames.GOAWAY, 0, 0);
        Frames.LONG.set(bytes, at + Frames.HEAD, (long) code);
    }

    private void write() {
        if (end > 0) {
            ByteBuf buffer = ctx.alloc().directBuffer(end);
            buffer.writeBytes(bytes, 0, end);
            end = 0;
            written = true;
            var _ = ctx.write(buffer);
        }
    }
}
