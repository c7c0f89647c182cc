package io.broadcaster.loadtest.wire;

import io.broadcaster.campaign.Platform;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The frames of one accepting answer, written once and copied with another stream id each time: at APNs HEADERS alone, at
 * FCM HEADERS and a small DATA. The head is {@code :status 200} from HPACK's static table, so no table state is needed.
 */
@SuppressWarnings("ArrayRecordComponent") // made once per peer, never compared
record BareAnswer(byte[] frames, int dataBytes) {
    private static final String FCM_BODY = "{\"name\":\"projects/wire/messages/0:1700000000000000%31bd1c9631bd1c96\"}";

    private static final byte STATUS_200 = (byte) 0x88;

    /** HPACK: a literal without indexing whose name is the static table's {@code content-type}. */
    private static final byte[] CONTENT_TYPE = {0x0f, 0x10};

    private static final String JSON = "application/json";

    static BareAnswer of(Platform platform) {
        return switch (platform) {
            case IOS ->
                new BareAnswer(frame(Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, new byte[] {STATUS_200}), 0);
            case ANDROID -> {
                byte[] body = FCM_BODY.getBytes(StandardCharsets.US_ASCII);
                yield new BareAnswer(
                        join(
                                frame(Frame.HEADERS, Frame.END_HEADERS, jsonHead()),
                                frame(Frame.DATA, Frame.END_STREAM, body)),
                        body.length);
            }
        };
    }

    /** Appends the answer to one stream. */
    void writeTo(ByteBuf out, int stream) {
        int at = out.writerIndex();
        out.writeBytes(frames);
        out.setInt(at + Frame.STREAM_AT, stream);
        if (dataBytes > 0) {
            out.setInt(out.writerIndex() - dataBytes - Integer.BYTES, stream);
        }
    }

    private static byte[] jsonHead() {
        byte[] value = JSON.getBytes(StandardCharsets.US_ASCII);
        byte[] head = new byte[1 + CONTENT_TYPE.length + 1 + value.length];
        head[0] = STATUS_200;
        System.arraycopy(CONTENT_TYPE, 0, head, 1, CONTENT_TYPE.length);
        head[1 + CONTENT_TYPE.length] = (byte) value.length;
        System.arraycopy(value, 0, head, 2 + CONTENT_TYPE.length, value.length);
        return head;
    }

    private static byte[] frame(int type, int flags, byte[] payload) {
        byte[] frame = new byte[Frame.HEAD_BYTES + payload.length];
        frame[0] = (byte) (payload.length >> 16);
        frame[1] = (byte) (payload.length >> 8);
        frame[2] = (byte) payload.length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        System.arraycopy(payload, 0, frame, Frame.HEAD_BYTES, payload.length);
        return frame;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
