package io.broadcaster.loadtest.provider.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The layout of HTTP/2 frames (RFC 9113, 4.1 and 6). */
final class Frame {
    static final int HEADER_BYTES = 9;

    /** SETTINGS_MAX_FRAME_SIZE as it is unless someone asks for more. */
    static final int PAYLOAD_MAX = 16_384;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 0x1;
    static final int ACK = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int WITH_PRIORITY = 0x20;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Frame() {}

    static int payloadLength(byte[] bytes, int at) {
        return (int) INT.get(bytes, at) >>> Byte.SIZE;
    }

    static int type(byte[] bytes, int at) {
        return bytes[at + 3] & 0xff;
    }

    static int flags(byte[] bytes, int at) {
        return bytes[at + 4] & 0xff;
    }

    /** The stream, or any other number of 31 bits after a reserved one. */
    static int stream(byte[] bytes, int at) {
        return number31(bytes, at + 5);
    }

    static int number31(byte[] bytes, int at) {
        return (int) INT.get(bytes, at) & Integer.MAX_VALUE;
    }

    static int number32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    /** Writes a header; {@code typeAndFlags} is the type in the upper byte. */
    static void writeHeader(byte[] bytes, int at, int length, int typeAndFlags, int stream) {
        INT.set(bytes, at, length << Byte.SIZE | typeAndFlags >>> Byte.SIZE);
        bytes[at + 4] = (byte) typeAndFlags;
        INT.set(bytes, at + 5, stream);
    }

    static int typeAndFlags(int type, int flags) {
        return type << Byte.SIZE | flags;
    }
}
