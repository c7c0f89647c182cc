package io.broadcaster.sender.provider.http2;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Takes a peer's bytes, split anywhere, and tells the listener each whole frame. Padding and priorities are dropped, header
 * blocks put together. Confined to the connection's event loop. Bounds: {@link Frames#PAYLOAD_MAX} per frame,
 * {@link #BLOCK_MAX} per header block; what breaks them or the protocol is a {@link ProtocolException}.
 */
final class FrameReader {
    /** Bytes of a header block over all its frames. */
    static final int BLOCK_MAX = 64 * 1_024;

    private static final int INBOX_BYTES = 64 * 1_024;
    private static final int PRIORITY_BYTES = 5;
    private static final int SETTING_BYTES = 6;
    private static final int NONE = 0;

    private final FrameListener listener;
    private final byte[] inbox = new byte[INBOX_BYTES];
    private int end;

    private byte[] block = new byte[0];
    private int blockLength;
    private int blockStream = NONE;
    private boolean blockEnds;

    FrameReader(FrameListener listener) {
        this.listener = listener;
    }

    /** Reads all of {@code in}, which stays the caller's to release. */
    void read(ByteBuf in) throws ProtocolException {
        while (in.isReadable()) {
            int taken = Math.min(in.readableBytes(), inbox.length - end);
            in.readBytes(inbox, end, taken);
            end += taken;
            int used = readWhole();
            System.arraycopy(inbox, used, inbox, 0, end - used);
            end -= used;
        }
    }

    private int readWhole() throws ProtocolException {
        int at = 0;
        while (end - at >= Frames.HEAD) {
            int lengthAndType = (int) Frames.INT.get(inbox, at);
            int length = lengthAndType >>> Byte.SIZE;
            if (length > Frames.PAYLOAD_MAX) {
                throw new ProtocolException(ProtocolException.FRAME_SIZE_ERROR, "frame of " + length + " bytes");
            }
            if (end - at - Frames.HEAD < length) {
                break;
            }
            int stream = (int) Frames.INT.get(inbox, at + Frames.STREAM_AT) & Integer.MAX_VALUE;
            frame((byte) lengthAndType, inbox[at + 4], stream, at + Frames.HEAD, length);
            at += Frames.HEAD + length;
        }
        return at;
    }

    private void frame(byte type, int flags, int stream, int at, int length) throws ProtocolException {
        if (blockStream != NONE && (type != Frames.CONTINUATION || stream != blockStream)) {
            throw new ProtocolException(ProtocolException.PROTOCOL_ERROR, "a header block was interrupted");
        }
        switch (type) {
            case Frames.HEADERS -> headers(flags, onStream(stream), at, length);
            case Frames.DATA -> data(flags, onStream(stream), at, length);
            case Frames.RST_STREAM -> listener.reset(onStream(stream), oneInt(at, length));
            case Frames.SETTINGS -> settings(flags, stream, at, length);
            case Frames.PUSH_PROMISE ->
                throw new ProtocolException(ProtocolException.PROTOCOL_ERROR, "push was not allowed");
            case Frames.PING -> {
                onConnection(stream);
                exactly(Long.BYTES, length);
                listener.ping((long) Frames.LONG.get(inbox, at), (flags & Frames.ACK) != 0);
            }
            case Frames.GOAWAY -> {
                onConnection(stream);
                if (length < Long.BYTES) {
                    throw new ProtocolException(ProtocolException.FRAME_SIZE_ERROR, "GOAWAY of " + length + " bytes");
                }
                int last = (int) Frames.INT.get(inbox, at) & Integer.MAX_VALUE;
                listener.goAway(last, (int) Frames.INT.get(inbox, at + Integer.BYTES));
            }
            case Frames.WINDOW_UPDATE -> listener.windowUpdate(stream, oneInt(at, length) & Integer.MAX_VALUE);
            case Frames.CONTINUATION -> continuation(flags, at, length);
            default -> {} // PRIORITY, and extensions that we do not know: to be ignored (RFC 9113, section 5.5)
        }
    }

    private void headers(int flags, int stream, int at, int length) throws ProtocolException {
        int from = at;
        int to = at + length;
        if ((flags & Frames.PADDED) != 0) {
            int padding = length == 0 ? 0 : inbox[at] & 0xff;
            from++;
            to -= padding;
        }
        if ((flags & Frames.WITH_PRIORITY) != 0) {
            from += PRIORITY_BYTES;
        }
        if (from > to) {
            throw new ProtocolException(ProtocolException.PROTOCOL_ERROR, "padding beyond the frame");
        }
        boolean ends = (flags & Frames.END_STREAM) != 0;
        if ((flags & Frames.END_HEADERS) != 0) {
            listener.headers(stream, inbox, from, to - from, ends);
            return;
        }
        blockStream = stream;
        blockEnds = ends;
        blockLength = 0;
        append(from, to - from);
    }

    private void continuation(int flags, int at, int length) throws ProtocolException {
        if (blockStream == NONE) {
            throw new ProtocolException(ProtocolException.PROTOCOL_ERROR, "CONTINUATION without HEADERS");
        }
        append(at, length);
        if ((flags & Frames.END_HEADERS) != 0) {
            int stream = blockStream;
            blockStream = NONE;
            listener.headers(stream, block, 0, blockLength, blockEnds);
        }
    }

    private void append(int at, int length) throws ProtocolException {
        if (blockLength + length > BLOCK_MAX) {
            throw new ProtocolException(ProtocolException.PROTOCOL_ERROR, "header block over " + BLOCK_MAX + " bytes");
        }
        if (block.length < blockLength + length) {
            block = Arrays.copyOf(block, Math.max(blockLength + length, 2 * block.length));
        }
        System.arraycopy(inbox, at, block, blockLength, length);
        blockLength += length;
    }

    private void data(int flags, int stream, int at, int length) throws ProtocolException {
        int from = at;
        int to = at + length;
        if ((flags & Frames.PADDED) != 0) {
            to -= length == 0 ? 0 : inbox[at] & 0xff;
            from++;
            if (from > to) {
                throw new ProtocolException(ProtocolException.PROTOCOL_ERROR, "padding beyond the frame");
            }
        }
        listener.data(stream, inbox, from, to - from, length, (flags & Frames.END_STREAM) != 0);
    }

    private void settings(int flags, int stream, int at, int length) throws ProtocolException {
        onConnection(stream);
        if ((flags & Frames.ACK) != 0) {
            exactly(0, length);
            return;
        }
        if (length % SETTING_BYTES != 0) {
            throw new ProtocolException(ProtocolException.FRAME_SIZE_ERROR, "SETTINGS of " + length + " bytes");
        }
        for (int i = at; i < at + length; i += SETTING_BYTES) {
            int id = (short) Frames.SHORT.get(inbox, i) & 0xffff;
            listener.setting(id, Integer.toUnsignedLong((int) Frames.INT.get(inbox, i + Short.BYTES)));
        }
        listener.settingsEnd();
    }

    private int oneInt(int at, int length) throws ProtocolException {
        exactly(Integer.BYTES, length);
        return (int) Frames.INT.get(inbox, at);
    }

    private static void exactly(int bytes, int length) throws ProtocolException {
        if (length != bytes) {
            throw new ProtocolException(ProtocolException.FRAME_SIZE_ERROR, "frame of " + length + " bytes");
        }
    }

    private static int onStream(int stream) throws ProtocolException {
        if (stream == NONE) {
            throw new ProtocolException(ProtocolException.PROTOCOL_ERROR, "a stream's frame on the connection");
        }
        return stream;
    }

    private static void onConnection(int stream) throws ProtocolException {
        if (stream != NONE) {
            throw new ProtocolException(ProtocolException.PROTOCOL_ERROR, "the connection's frame on a stream");
        }
    }
}
