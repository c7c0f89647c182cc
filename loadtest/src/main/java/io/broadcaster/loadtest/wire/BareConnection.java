package io.broadcaster.loadtest.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The server's side of one HTTP/2 connection that never looks into a header block: every END_STREAM is answered with the
 * same frames. It keeps the rules that a client can notice: preface, SETTINGS and PING acknowledged, window updates given in
 * bulk, the client's connection window respected. Allocates per read, never per request. Confined to its event loop.
 */
final class BareConnection extends ByteToMessageDecoder {
    private static final int PREFACE_BYTES =
            Http2CodecUtil.connectionPrefaceBuf().readableBytes();
    private static final int OUT_BYTES = 64 << 10;

    /** Given back in one update once so much was received. */
    private static final int WINDOW_BATCH = 1 << 28;

    private final BareAnswer answer;
    private final int streamsMax;
    private final long delayNanos;
    private final StreamQueue waiting = new StreamQueue();
    private boolean prefaced;
    private int received;
    private long sendWindow = Frame.WINDOW_DEFAULT;
    private boolean timed;

    BareConnection(BareAnswer answer, int streamsMax, long delayNanos) {
        this.answer = answer;
        this.streamsMax = streamsMax;
        this.delayNanos = delayNanos;
        setCumulator(MERGE_CUMULATOR);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> unused) throws IOException {
        ByteBuf out = ctx.alloc().directBuffer(OUT_BYTES);
        try {
            if (prefaced || readPreface(in, out)) {
                long due = delayNanos == 0 ? 0 : System.nanoTime() + delayNanos;
                while (readFrame(in, out, due)) {
                    // the next one
                }
                giveWindow(out);
                answerDue(ctx, out);
            }
        } finally {
            write(ctx, out);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        super.channelReadComplete(ctx);
        ctx.flush(); // once for all that was read
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            ctx.fireExceptionCaught(cause); // not the client's going away: Netty's tail logs it
        }
        var _ = ctx.close();
    }

    private boolean readPreface(ByteBuf in, ByteBuf out) throws IOException {
        if (in.readableBytes() < PREFACE_BYTES) {
            return false;
        }
        if (!in.readSlice(PREFACE_BYTES).equals(Http2CodecUtil.connectionPrefaceBuf())) {
            throw new IOException("a client must begin with the HTTP/2 preface");
        }
        prefaced = true;
        head(out, Frame.SETTING_BYTES, Frame.SETTINGS, 0);
        out.writeShort(Frame.SETTINGS_MAX_CONCURRENT_STREAMS).writeInt(streamsMax);
        windowUpdate(out, Frame.WINDOW_MAX - Frame.WINDOW_DEFAULT);
        return true;
    }

    /** Reads one whole frame; false when it is not there yet. */
    private boolean readFrame(ByteBuf in, ByteBuf out, long due) throws IOException {
        if (in.readableBytes() < Frame.HEAD_BYTES) {
            return false;
        }
        int start = in.readerIndex();
        int length = in.getUnsignedMedium(start);
        if (length > Frame.PAYLOAD_MAX) {
            throw new IOException("a frame must have at most " + Frame.PAYLOAD_MAX + " bytes, but has " + length);
        }
        if (in.readableBytes() < Frame.HEAD_BYTES + length) {
            return false;
        }
        int type = in.getByte(start + 3);
        int flags = in.getByte(start + 4);
        int stream = in.getInt(start + Frame.STREAM_AT);
        in.readerIndex(start + Frame.HEAD_BYTES);
        switch (type) {
            case Frame.DATA -> {
                received += length;
                answerAtEnd(flags, stream, due);
            }
            case Frame.HEADERS -> answerAtEnd(flags, stream, due);
            case Frame.SETTINGS -> settings(in, length, flags, out);
            case Frame.PING -> ping(in, flags, out);
            case Frame.WINDOW_UPDATE -> sendWindow += stream == 0 ? in.getInt(in.readerIndex()) : 0;
            default -> {} // priorities, resets, GOAWAY and continuations change nothing here
        }
        in.readerIndex(start + Frame.HEAD_BYTES + length);
        return true;
    }

    private void answerAtEnd(int flags, int stream, long due) {
        if ((flags & Frame.END_STREAM) != 0) {
            waiting.add(stream, due);
        }
    }

    private void settings(ByteBuf in, int length, int flags, ByteBuf out) throws IOException {
        if ((flags & Frame.ACK) != 0) {
            return;
        }
        for (int at = in.readerIndex();
                at + Frame.SETTING_BYTES <= in.readerIndex() + length;
                at += Frame.SETTING_BYTES) {
            if (in.getShort(at) == Frame.SETTINGS_INITIAL_WINDOW_SIZE && in.getInt(at + 2) < answer.dataBytes()) {
                throw new IOException("a stream's window must hold one answer of " + answer.dataBytes() + " bytes");
            }
        }
        head(out, 0, Frame.SETTINGS, Frame.ACK);
    }

    private static void ping(ByteBuf in, int flags, ByteBuf out) {
        if ((flags & Frame.ACK) == 0) {
            head(out, Frame.PING_BYTES, Frame.PING, Frame.ACK);
            out.writeLong(in.getLong(in.readerIndex()));
        }
    }

    private void giveWindow(ByteBuf out) {
        if (received > WINDOW_BATCH) {
            windowUpdate(out, received);
            received = 0;
        }
    }

    /** Answers what is due and fits into the client's window; the rest waits for its time or for an update. */
    private void answerDue(ChannelHandlerContext ctx, ByteBuf out) {
        long now = delayNanos == 0 ? 0 : System.nanoTime();
        while (!waiting.isEmpty() && waiting.firstDue() - now <= 0 && sendWindow >= answer.dataBytes()) {
            sendWindow -= answer.dataBytes();
            answer.writeTo(out, waiting.remove());
        }
        if (!waiting.isEmpty() && !timed && waiting.firstDue() - now > 0) {
            timed = true;
            var _ = ctx.executor().schedule(() -> release(ctx), waiting.firstDue() - now, TimeUnit.NANOSECONDS);
        }
    }

    private void release(ChannelHandlerContext ctx) {
        timed = false;
        if (ctx.channel().isActive()) {
            ByteBuf out = ctx.alloc().directBuffer(OUT_BYTES);
            answerDue(ctx, out);
            write(ctx, out);
            ctx.flush();
        }
    }

    private static void write(ChannelHandlerContext ctx, ByteBuf out) {
        if (out.isReadable()) {
            var _ = ctx.write(out, ctx.voidPromise());
        } else {
            out.release();
        }
    }

    private static void windowUpdate(ByteBuf out, int bytes) {
        head(out, Integer.BYTES, Frame.WINDOW_UPDATE, 0);
        out.writeInt(bytes);
    }

    /** The head of a frame about the connection. */
    private static void head(ByteBuf out, int length, int type, int flags) {
        out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(0);
    }
}
