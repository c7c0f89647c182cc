package io.broadcaster.loadtest.provider.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection of a simulator, on Netty's own codec without the multiplexer. Answers leave in the order in which
 * requests came, held back by one timer per connection; a stream that was reset meanwhile is skipped. Confined to the
 * connection's event loop. Bound: MAX_CONCURRENT_STREAMS requests are held.
 */
final class Http2Exchange extends Http2ConnectionHandler {
    private final Endpoint endpoint;
    private final Http2Connection.PropertyKey inboundKey;
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private final byte[] scratch;
    private @Nullable ScheduledFuture<?> timer;

    private Http2Exchange(
            Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings, Endpoint endpoint) {
        super(decoder, encoder, settings);
        this.endpoint = endpoint;
        inboundKey = connection().newKey();
        scratch = new byte[endpoint.bodyMax()];
    }

    static Http2ConnectionHandler create(Endpoint endpoint, int streamsMax) {
        return new Builder(endpoint, streamsMax).build();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        held.clear();
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        super.channelInactive(ctx);
    }

    private void answer(ChannelHandlerContext ctx, int stream, ProviderRequest request) {
        ProviderAnswer answer = endpoint.answer(request);
        long wait = endpoint.answerNanos();
        if (wait == 0 && held.isEmpty()) {
            write(ctx, stream, answer);
            return;
        }
        held.add(new Held(stream, answer, System.nanoTime() + wait));
        arm(ctx);
    }

    private void arm(ChannelHandlerContext ctx) {
        Held next = held.peek();
        if (timer == null && next != null) {
            long wait = Math.max(0, next.dueNanos - System.nanoTime());
            timer = ctx.executor().schedule(() -> release(ctx), wait, TimeUnit.NANOSECONDS);
        }
    }

    private void release(ChannelHandlerContext ctx) {
        timer = null;
        long now = System.nanoTime();
        for (Held next = held.peek(); next != null && next.dueNanos - now <= 0; next = held.peek()) {
            held.remove();
            write(ctx, next.stream, next.answer);
        }
        flush(ctx); // this handler's own: bodies wait in its flow controller, which the context's flush does not reach
        arm(ctx);
    }

    private void write(ChannelHandlerContext ctx, int stream, ProviderAnswer answer) {
        if (connection().stream(stream) == null) {
            return; // reset by the peer while the answer was held
        }
        boolean bodyless = answer.body().length == 0;
        Http2Headers headers =
                ReadOnlyHttp2Headers.serverHeaders(false, StatusText.of(answer.status()), answer.headers());
        var _ = encoder().writeHeaders(ctx, stream, headers, 0, bodyless, ctx.newPromise());
        if (!bodyless) {
            ByteBuf body = Unpooled.wrappedBuffer(answer.body());
            var _ = encoder().writeData(ctx, stream, body, 0, true, ctx.newPromise());
        }
    }

    /** An answer that waits for its time. */
    private record Held(int stream, ProviderAnswer answer, long dueNanos) {}

    /** A request whose end has not come yet; {@code body} grows to the endpoint's limit, {@code length} beyond it. */
    private static final class Inbound {
        private final Http2Headers headers;
        private byte[] body = ProviderAnswer.EMPTY;
        private int length;

        Inbound(Http2Headers headers) {
            this.headers = headers;
        }

        void add(ByteBuf data, int bodyMax) {
            int kept = Math.min(data.readableBytes(), bodyMax - body.length);
            if (kept > 0) {
                int from = body.length;
                body = Arrays.copyOf(body, from + kept);
                data.getBytes(data.readerIndex(), body, from, kept);
            }
            length += data.readableBytes();
        }
    }

    /** Turns frames into requests. */
    private final class Frames extends Http2EventAdapter {
        @Override
        public void onHeadersRead(
                ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean endOfStream) {
            if (endOfStream) {
                answer(ctx, streamId, request(headers, ProviderAnswer.EMPTY, 0));
                return;
            }
            Http2Stream stream = connection().stream(streamId);
            if (stream != null) {
                stream.setProperty(inboundKey, new Inbound(headers));
            }
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext ctx,
                int streamId,
                Http2Headers headers,
                int streamDependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean endOfStream) {
            onHeadersRead(ctx, streamId, headers, padding, endOfStream);
        }

        @Override
        public int onDataRead(ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
            int processed = data.readableBytes() + padding;
            Http2Stream stream = connection().stream(streamId);
            Inbound inbound = stream == null ? null : stream.getProperty(inboundKey);
            if (inbound == null) {
                return processed;
            }
            int length = data.readableBytes();
            if (endOfStream && inbound.length == 0) {
                int kept = Math.min(length, scratch.length);
                data.getBytes(data.readerIndex(), scratch, 0, kept);
                answer(ctx, streamId, request(inbound.headers, scratch, length));
            } else {
                inbound.add(data, scratch.length);
                if (endOfStream) {
                    answer(ctx, streamId, request(inbound.headers, inbound.body, inbound.length));
                }
            }
            return processed;
        }

        private ProviderRequest request(Http2Headers headers, byte[] body, int length) {
            CharSequence method = headers.method();
            CharSequence path = headers.path();
            return new ProviderRequest(
                    method == null ? "" : method,
                    path == null ? AsciiString.EMPTY_STRING : AsciiString.of(path),
                    headers::get,
                    body,
                    length);
        }
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2Exchange, Builder> {
        private final Endpoint endpoint;

        Builder(Endpoint endpoint, int streamsMax) {
            this.endpoint = endpoint;
            server(true);
            initialSettings(Http2Settings.defaultSettings().maxConcurrentStreams(streamsMax));
        }

        @Override
        protected Http2Exchange build() {
            return super.build();
        }

        @Override
        protected Http2Exchange build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            var exchange = new Http2Exchange(decoder, encoder, settings, endpoint);
            frameListener(exchange.new Frames());
            return exchange;
        }
    }
}
