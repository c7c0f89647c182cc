package io.broadcaster.loadtest.provider.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2Error;
import org.jspecify.annotations.Nullable;

/** Frames of ours that leave with the next flush, in one buffer. Confined to the connection's event loop. */
final class Outbound {
    private static final int BYTES_AT_START = 4_096;
    private static final int SETTING_BYTES = 6;

    private final ByteBufAllocator buffers;
    private @Nullable ByteBuf pending;

    Outbound(ByteBufAllocator buffers) {
        this.buffers = buffers;
    }

    /** Everything since the last call, the caller's to release; null when there is nothing. */
    @Nullable ByteBuf take() {
        ByteBuf taken = pending;
        pending = null;
        return taken;
    }

    void bytes(byte[] frames, int from, int length) {
        buffer(length).writeBytes(frames, from, length);
    }

    /** Pairs of a setting's number and value. */
    void settings(int... pairs) {
        ByteBuf out = frame(pairs.length / 2 * SETTING_BYTES, Frame.SETTINGS, 0, 0);
        for (int i = 0; i < pairs.length; i += 2) {
            out.writeShort(pairs[i]).writeInt(pairs[i + 1]);
        }
    }

    void settingsAck() {
        frame(0, Frame.SETTINGS, Frame.ACK, 0);
    }

    void pingAck(byte[] bytes, int from) {
        frame(Long.BYTES, Frame.PING, Frame.ACK, 0).writeBytes(bytes, from, Long.BYTES);
    }

    void windowUpdate(int stream, int bytes) {
        frame(Integer.BYTES, Frame.WINDOW_UPDATE, 0, stream).writeInt(bytes);
    }

    void reset(int stream, Http2Error code) {
        frame(Integer.BYTES, Frame.RST_STREAM, 0, stream).writeInt((int) code.code());
    }

    void goAway(int lastStream, Http2Error code) {
        frame(2 * Integer.BYTES, Frame.GOAWAY, 0, 0).writeInt(lastStream).writeInt((int) code.code());
    }

    void headers(int stream, boolean endOfStream, byte[] block, int from, int length) {
        int flags = Frame.END_HEADERS | (endOfStream ? Frame.END_STREAM : 0);
        frame(length, Frame.HEADERS, flags, stream).writeBytes(block, from, length);
    }

    void data(int stream, boolean endOfStream, byte[] body, int from, int length) {
        frame(length, Frame.DATA, endOfStream ? Frame.END_STREAM : 0, stream).writeBytes(body, from, length);
    }

    private ByteBuf frame(int length, int type, int flags, int stream) {
        return buffer(Frame.HEADER_BYTES + length)
                .writeMedium(length)
                .writeByte(type)
                .writeByte(flags)
                .writeInt(stream);
    }

    private ByteBuf buffer(int room) {
        ByteBuf out = pending;
        if (out == null) {
            out = buffers.directBuffer(Math.max(BYTES_AT_START, room));
            pending = out;
        }
        return out;
    }
}
