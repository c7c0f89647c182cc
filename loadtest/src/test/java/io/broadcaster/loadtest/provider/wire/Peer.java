package io.broadcaster.loadtest.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2FrameWriter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** A client that writes what it likes, frame by frame, and reads answers with Netty's reader. */
final class Peer {
    static final int STREAMS_MAX = 3;

    final Scripted endpoint = new Scripted();
    final MockTicker ticker = Ticker.newMockTicker();
    final EmbeddedChannel server;
    private final EmbeddedChannel client = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final Http2FrameReader reader = new DefaultHttp2FrameReader();
    private final List<String> seen = new ArrayList<>();

    Peer() {
        this(STREAMS_MAX);
    }

    Peer(int streamsMax) {
        endpoint.streamsMax = streamsMax;
        server = EmbeddedChannel.builder()
                .ticker(ticker)
                .handlers(new Http2Exchange(endpoint))
                .build();
    }

    /** Bytes that the writer writes. */
    static byte[] bytes(Consumer<FrameSink> frames) {
        var sink = new FrameSink();
        frames.accept(sink);
        return sink.take();
    }

    /** A request to this path. */
    static Http2Headers post(String path) {
        return new DefaultHttp2Headers().method("POST").scheme("https").path(path);
    }

    /** Preface and settings, and whatever comes then. */
    static byte[] session(Consumer<FrameSink> frames) {
        return bytes(sink -> frames.accept(sink.preface().settings(new Http2Settings())));
    }

    Peer feed(byte[] bytes) {
        server.writeInbound(Unpooled.copiedBuffer(bytes));
        return this;
    }

    /** What the server has written since the last call, one line per frame, without its first SETTINGS and window. */
    List<String> read() throws Exception {
        for (ByteBuf out = server.readOutbound(); out != null; out = server.readOutbound()) {
            reader.readFrame(client.pipeline().firstContext(), out, new Listener());
            assertThat(out.readableBytes()).as("only whole frames").isZero();
            out.release();
        }
        var lines = List.copyOf(seen);
        seen.clear();
        return lines;
    }

    /** Time passes; what falls due meanwhile is done. */
    void pass(long millis) {
        ticker.advanceMillis(millis);
        server.runPendingTasks();
    }

    /** The first byte of each header block that the server has written, as hex. */
    List<String> blocks() {
        var blocks = new ArrayList<String>();
        for (ByteBuf out = server.readOutbound(); out != null; out = server.readOutbound()) {
            while (out.isReadable()) {
                int length = out.readUnsignedMedium();
                if (out.readByte() == Frame.HEADERS) {
                    blocks.add(HexFormat.of().toHexDigits(out.getByte(out.readerIndex() + 5)));
                }
                out.skipBytes(5 + length);
            }
            out.release();
        }
        return blocks;
    }

    /** Netty's writer on an embedded channel. */
    static final class FrameSink {
        private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
        private final Http2FrameWriter writer = new DefaultHttp2FrameWriter();

        Http2FrameWriter writer() {
            return writer;
        }

        FrameSink preface() {
            channel.writeOutbound(Unpooled.copiedBuffer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", StandardCharsets.US_ASCII));
            return this;
        }

        FrameSink settings(Http2Settings settings) {
            var _ = writer.writeSettings(channel.pipeline().firstContext(), settings, channel.newPromise());
            return this;
        }

        FrameSink headers(int stream, Http2Headers headers, boolean end) {
            var _ = writer.writeHeaders(
                    channel.pipeline().firstContext(), stream, headers, 0, end, channel.newPromise());
            return this;
        }

        FrameSink data(int stream, String body, boolean end) {
            return data(stream, body, 0, end);
        }

        FrameSink data(int stream, String body, int padding, boolean end) {
            var _ = writer.writeData(
                    channel.pipeline().firstContext(),
                    stream,
                    Unpooled.copiedBuffer(body, StandardCharsets.US_ASCII),
                    padding,
                    end,
                    channel.newPromise());
            return this;
        }

        /** Any frame at all. */
        FrameSink raw(int type, int flags, int stream, byte[] payload) {
            var _ = writer.writeFrame(
                    channel.pipeline().firstContext(),
                    (byte) type,
                    stream,
                    new Http2Flags((short) flags),
                    Unpooled.copiedBuffer(payload),
                    channel.newPromise());
            return this;
        }

        byte[] take() {
            channel.flush();
            var all = Unpooled.buffer();
            for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
                all.writeBytes(part);
                part.release();
            }
            byte[] bytes = new byte[all.readableBytes()];
            all.readBytes(bytes);
            return bytes;
        }
    }

    private final class Listener extends Http2FrameAdapter {
        @Override
        public void onHeadersRead(
                ChannelHandlerContext ctx, int stream, Http2Headers headers, int padding, boolean end) {
            var text = new StringBuilder();
            headers.forEach(header ->
                    text.append(' ').append(header.getKey()).append('=').append(header.getValue()));
            seen.add("HEADERS " + stream + text + (end ? " end" : ""));
        }

        @Override
        public int onDataRead(ChannelHandlerContext ctx, int stream, ByteBuf data, int padding, boolean end) {
            seen.add("DATA " + stream + " " + data.toString(StandardCharsets.US_ASCII) + (end ? " end" : ""));
            return data.readableBytes() + padding;
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext ctx, int stream, long code) {
            seen.add("RST_STREAM " + stream + " " + Http2Error.valueOf(code));
        }

        @Override
        public void onGoAwayRead(ChannelHandlerContext ctx, int last, long code, ByteBuf debug) {
            seen.add("GOAWAY " + last + " " + Http2Error.valueOf(code));
        }

        @Override
        public void onPingAckRead(ChannelHandlerContext ctx, long data) {
            seen.add("PING ack " + data);
        }

        @Override
        public void onSettingsAckRead(ChannelHandlerContext ctx) {
            seen.add("SETTINGS ack");
        }

        @Override
        public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) {
            seen.add("SETTINGS streams=" + settings.maxConcurrentStreams());
        }

        @Override
        public void onWindowUpdateRead(ChannelHandlerContext ctx, int stream, int bytes) {
            seen.add("WINDOW_UPDATE " + stream + " " + bytes);
        }
    }
}
