package io.broadcaster.sender.provider.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One connection of a {@link LoopbackPeer}: looks at frames' heads alone, and answers a stream when it ends. Reads with a loop of
 * its own, so that the sender's reader is compiled for the sender's use. Confined to its event loop.
 */
final class LoopbackConnection extends ByteToMessageDecoder {
    private static final int PREFACE_BYTES = 24;
    private static final int TYPE_AT = 3;
    private static final int FLAGS_AT = 4;
    private static final int SETTING_BYTES = 6;

    /** Room that is given anew once so much of it is used: far more than a sender has under way. */
    private static final int WINDOW = 1 << 30;

    /** {@code :status 200}, and a literal {@code apns-id}, as providers answer: RFC 7541, section 6. */
    private static final byte[] HEAD = head();

    private final int streamsMax;
    private final byte[] body;
    private boolean prefaced;
    private int received;

    LoopbackConnection(int streamsMax, String body) {
        this.streamsMax = streamsMax;
        this.body = body.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] head() {
        byte[] name = "apns-id".getBytes(StandardCharsets.US_ASCII);
        byte[] value = "00000000-0000-0000-0000-000000000000".getBytes(StandardCharsets.US_ASCII);
        byte[] head = new byte[4 + name.length + value.length];
        head[0] = (byte) 0x88;
        head[2] = (byte) name.length;
        System.arraycopy(name, 0, head, 3, name.length);
        head[3 + name.length] = (byte) value.length;
        System.arraycopy(value, 0, head, 4 + name.length, value.length);
        return head;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        ByteBuf answers = ctx.alloc().directBuffer();
        if (!prefaced && in.readableBytes() >= PREFACE_BYTES) {
            prefaced = true;
            in.skipBytes(PREFACE_BYTES);
            frame(answers, SETTING_BYTES, Frames.SETTINGS, 0, 0);
            answers.writeShort(Frames.SETTING_MAX_CONCURRENT_STREAMS).writeInt(streamsMax);
            window(answers, WINDOW);
        }
        while (prefaced && in.readableBytes() >= Frames.HEAD) {
            int at = in.readerIndex();
            int length = in.getUnsignedMedium(at);
            if (in.readableBytes() < Frames.HEAD + length) {
                break;
            }
            in.skipBytes(Frames.HEAD);
            frame(
                    in.readSlice(length),
                    in.getByte(at + TYPE_AT),
                    in.getByte(at + FLAGS_AT),
                    in.getInt(at + Frames.STREAM_AT),
                    answers);
        }
        if (answers.isReadable()) {
            var _ = ctx.write(answers);
        } else {
            answers.release();
        }
    }

    private void frame(ByteBuf payload, byte type, int flags, int stream, ByteBuf out) {
        switch (type) {
            case Frames.DATA, Frames.HEADERS -> {
                received += type == Frames.DATA ? payload.readableBytes() : 0;
                if ((flags & Frames.END_STREAM) != 0) {
                    answer(out, stream);
                }
                if (received > WINDOW / 2) {
                    window(out, received);
                    received = 0;
                }
            }
            case Frames.SETTINGS -> {
                if ((flags & Frames.ACK) == 0) {
                    frame(out, 0, Frames.SETTINGS, Frames.ACK, 0);
                }
            }
            case Frames.PING -> {
                if ((flags & Frames.ACK) == 0) {
                    frame(out, Long.BYTES, Frames.PING, Frames.ACK, 0);
                    out.writeBytes(payload);
                }
            }
            default -> {} // windows, resets and the end change nothing here
        }
    }

    private void answer(ByteBuf out, int stream) {
        int end = body.length == 0 ? Frames.END_STREAM : 0;
        frame(out, HEAD.length, Frames.HEADERS, Frames.END_HEADERS | end, stream);
        out.writeBytes(HEAD);
        if (body.length > 0) {
            frame(out, body.length, Frames.DATA, Frames.END_STREAM, stream);
            out.writeBytes(body);
        }
    }

    private static void window(ByteBuf out, int bytes) {
        frame(out, Integer.BYTES, Frames.WINDOW_UPDATE, 0, 0);
        out.writeInt(bytes);
    }

    private static void frame(ByteBuf out, int length, byte type, int flags, int stream) {
        out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        ctx.flush();
        super.channelReadComplete(ctx);
    }
}
