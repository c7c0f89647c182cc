package io.broadcaster.sender.provider.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server's end of one connection: reads every frame with Netty's reader, holds the client to the protocol by its own
 * books (ids, concurrent streams, windows), and leaves all answers to the script. Confined to its event loop but where said.
 */
final class PeerConnection extends ByteToMessageDecoder {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final String WARM_UP = "/warm-up";

    /** A whole request for a device. */
    record Request(int stream, int position, String id, String body) {}

    /** What of the client's was against the protocol; any thread. */
    final Queue<String> violations = new ConcurrentLinkedQueue<>();

    /** What the client said besides requests, "RST 5 8", "GOAWAY 1", "PONG 7"; any thread. */
    final Queue<String> heard = new ConcurrentLinkedQueue<>();

    final CompletableFuture<Void> closed = new CompletableFuture<>();
    final CompletableFuture<Void> goAway = new CompletableFuture<>();
    final CompletableFuture<Void> pong = new CompletableFuture<>();
    final CompletableFuture<Integer> reset = new CompletableFuture<>();

    /** Requests for devices; any thread. */
    final AtomicInteger requests = new AtomicInteger();

    volatile int openMost;
    int open;
    private final Script script;
    private final DefaultHttp2FrameReader reader = new DefaultHttp2FrameReader();
    private final DefaultHttp2HeadersEncoder headersEncoder = new DefaultHttp2HeadersEncoder();
    private final DefaultHttp2FrameWriter writer = new DefaultHttp2FrameWriter(headersEncoder);
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final Queue<Http2Settings> unacknowledged = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext ctx;
    private boolean prefaced;
    private boolean warm;
    private int lastStream;
    private long streamsMax = Long.MAX_VALUE;
    private long window = 65_535;
    private int streamWindow = 65_535;

    private static final class Stream {
        final String path;
        final String id;
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        long window;

        Stream(String path, String id, long window) {
            this.path = path;
            this.id = id;
            this.window = window;
        }
    }

    PeerConnection(Script script) {
        this.script = script;
    }

    private ChannelHandlerContext ctx() {
        if (ctx == null) {
            throw new IllegalStateException("not connected");
        }
        return ctx;
    }

    /** Any thread. */
    void run(Runnable task) {
        ctx().executor().execute(task);
    }

    void settings(Http2Settings settings) {
        unacknowledged.add(settings);
        var _ = writer.writeSettings(ctx(), settings, ctx().newPromise());
        ctx().flush();
    }

    /** The head of an answer; names and values alternate. */
    void head(int stream, int status, boolean ends, String... fields) {
        var head = new DefaultHttp2Headers().status(String.valueOf(status));
        fields(stream, head, ends, fields);
    }

    void trailers(int stream, String... fields) {
        fields(stream, new DefaultHttp2Headers(), true, fields);
    }

    private void fields(int stream, Http2Headers head, boolean ends, String... fields) {
        for (int i = 0; i < fields.length; i += 2) {
            head.add(fields[i], fields[i + 1]);
        }
        if (ends) {
            end(stream);
        }
        var _ = writer.writeHeaders(ctx(), stream, head, 0, ends, ctx().newPromise());
        ctx().flush();
    }

    void body(int stream, String text, int padding, boolean ends) {
        if (ends) {
            end(stream);
        }
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        var _ = writer.writeData(ctx(), stream, bytes, padding, ends, ctx().newPromise());
        ctx().flush();
    }

    void rst(int stream, int code) {
        end(stream);
        var _ = writer.writeRstStream(ctx(), stream, code, ctx().newPromise());
        ctx().flush();
    }

    void goAway(int last, int code) {
        var _ = writer.writeGoAway(ctx(), last, code, Unpooled.EMPTY_BUFFER, ctx().newPromise());
        ctx().flush();
    }

    void ping(long opaque) {
        var _ = writer.writePing(ctx(), false, opaque, ctx().newPromise());
        ctx().flush();
    }

    void pong(long opaque) {
        var _ = writer.writePing(ctx(), true, opaque, ctx().newPromise());
        ctx().flush();
    }

    /** Room for the connection, or for a stream. */
    void window(int stream, int increment) {
        if (increment == 0) {
            return;
        }
        Stream known = streams.get(stream);
        if (stream == 0) {
            window += increment;
        } else if (known != null) {
            known.window += increment;
        }
        var _ = writer.writeWindowUpdate(ctx(), stream, increment, ctx().newPromise());
        ctx().flush();
    }

    /** Bytes as they are, {@code piece} at a time. */
    void raw(byte[] bytes, int piece) {
        for (int at = 0; at < bytes.length; at += piece) {
            var _ = ctx().writeAndFlush(Unpooled.copiedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
        }
    }

    /** A TCP reset. */
    void cut() {
        ctx().channel().config().setOption(ChannelOption.SO_LINGER, 0);
        var _ = ctx().pipeline().firstContext().close();
    }

    void end(int stream) {
        if (streams.remove(stream) != null) {
            open--;
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Http2Exception {
        if (prefaced) {
            reader.readFrame(context, in, new Listener());
        } else if (in.readableBytes() >= PREFACE.length()) {
            String preface = in.readCharSequence(PREFACE.length(), StandardCharsets.US_ASCII)
                    .toString();
            demand(preface.equals(PREFACE), "preface");
            prefaced = true;
            script.connected(this);
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        reader.close();
        closed.complete(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            violations.add(cause.toString());
        }
        var _ = context.close();
    }

    private void demand(boolean kept, String rule) {
        if (!kept) {
            violations.add(rule);
        }
    }

    private void whole(int stream, Stream known) {
        if (known.path.equals(WARM_UP)) {
            warm = true;
            script.warmUp(this, stream);
            return;
        }
        requests.incrementAndGet();
        int position = HexFormat.fromHexDigits(known.path, known.path.length() - 8, known.path.length());
        String body = known.body.toString(StandardCharsets.UTF_8);
        script.request(this, new Request(stream, position, known.id, body));
    }

    /** Takes Netty's view of the client's frames into the books. */
    private final class Listener extends Http2FrameAdapter {
        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int stream,
                Http2Headers head,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean ends) {
            onHeadersRead(context, stream, head, padding, ends);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int stream, Http2Headers head, int padding, boolean ends) {
            demand(stream == (lastStream == 0 ? 1 : lastStream + 2), "stream " + stream + " is not next");
            demand(open < streamsMax, "stream " + stream + " over the peer's " + streamsMax);
            demand("POST".contentEquals(head.method()) && "https".contentEquals(head.scheme()), "pseudo fields");
            String path = head.path().toString();
            demand(path.equals(WARM_UP) || warm, "a request before the warm-up");
            lastStream = stream;
            streams.put(stream, new Stream(path, String.valueOf(head.get("apns-id")), streamWindow));
            open++;
            openMost = Math.max(openMost, open);
            if (!path.equals(WARM_UP)) {
                script.opened(PeerConnection.this, stream);
            }
        }

        @Override
        public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean ends) {
            int bytes = data.readableBytes() + padding;
            window -= bytes;
            demand(window >= 0, "connection window overdrawn on " + stream);
            demand(stream <= lastStream, "DATA on an idle stream");
            Stream known = streams.get(stream);
            if (known != null) {
                known.window -= bytes;
                demand(bytes == 0 || known.window >= 0, "stream window overdrawn on " + stream);
                known.body.writeBytes(ByteBufUtil.getBytes(data));
                if (ends) {
                    whole(stream, known);
                }
            }
            script.data(PeerConnection.this, stream, bytes);
            return bytes;
        }

        @Override
        public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) throws Http2Exception {
            Long table = settings.headerTableSize();
            if (table != null) {
                headersEncoder.configuration().maxHeaderTableSize(table);
            }
            var _ = writer.writeSettingsAck(context, context.newPromise());
            context.flush();
        }

        @Override
        public void onSettingsAckRead(ChannelHandlerContext context) throws Http2Exception {
            Http2Settings settings = unacknowledged.remove();
            Long most = settings.maxConcurrentStreams();
            streamsMax = most == null ? streamsMax : most;
            Long table = settings.headerTableSize();
            if (table != null) {
                reader.configuration().headersConfiguration().maxHeaderTableSize(table);
            }
            Integer first = settings.initialWindowSize();
            if (first != null) {
                int more = first - streamWindow;
                streams.values().forEach(stream -> stream.window += more);
                streamWindow = first;
            }
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext context, int stream, long code) {
            heard.add("RST " + stream + " " + code);
            end(stream);
            reset.complete(stream);
        }

        @Override
        public void onPingRead(ChannelHandlerContext context, long opaque) {
            script.ping(PeerConnection.this, opaque);
        }

        @Override
        public void onPingAckRead(ChannelHandlerContext context, long opaque) {
            heard.add("PONG " + opaque);
            pong.complete(null);
        }

        @Override
        public void onGoAwayRead(ChannelHandlerContext context, int last, long code, ByteBuf debug) {
            heard.add("GOAWAY " + code);
            goAway.complete(null);
        }
    }
}
