package io.broadcaster.sender.provider.http2;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The layout of HTTP/2 frames (RFC 9113, sections 4 and 6): nine bytes of head, then the payload. */
final class Frames {
    static final int HEAD = 9;

    /** Offset of the stream id within the head. */
    static final int STREAM_AT = 5;

    static final byte DATA = 0x0;
    static final byte HEADERS = 0x1;
    static final byte PRIORITY = 0x2;
    static final byte RST_STREAM = 0x3;
    static final byte SETTINGS = 0x4;
    static final byte PUSH_PROMISE = 0x5;
    static final byte PING = 0x6;
    static final byte GOAWAY = 0x7;
    static final byte WINDOW_UPDATE = 0x8;
    static final byte CONTINUATION = 0x9;

    static final int ACK = 0x1;
    static final int END_STREAM = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int WITH_PRIORITY = 0x20;

    static final int SETTING_HEADER_TABLE_SIZE = 0x1;
    static final int SETTING_ENABLE_PUSH = 0x2;
    static final int SETTING_MAX_CONCURRENT_STREAMS = 0x3;
    static final int SETTING_INITIAL_WINDOW_SIZE = 0x4;
    static final int SETTING_MAX_FRAME_SIZE = 0x5;
    static final int SETTING_MAX_HEADER_LIST_SIZE = 0x6;

    /** Windows start at this (section 6.9.2). */
    static final int WINDOW_DEFAULT = 65_535;

    /** The size of a frame that every peer takes (section 4.2), and that we take. */
    static final int PAYLOAD_MAX = 16_384;

    static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Frames() {}

    /** Writes a head; the payload's place follows at {@code at + HEAD}. */
    static void head(byte[] out, int at, int length, byte type, int flags, int stream) {
        INT.set(out, at, (length << Byte.SIZE) | (type & 0xff));
        out[at + 4] = (byte) flags;
        INT.set(out, at + STREAM_AT, stream);
    }
}
