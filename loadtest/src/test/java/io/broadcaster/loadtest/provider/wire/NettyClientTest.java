package io.broadcaster.loadtest.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Netty's own client codec on the other side: HPACK with indexing and Huffman, its flow control, its strictness. */
final class NettyClientTest {
    private static final int REQUESTS = 600;

    private final Peer peer = new Peer(100);
    private final List<String> answers = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(11);

    @ParameterizedTest
    @ValueSource(ints = {65_535, 5})
    void send_hundredsOfRequests_everyOneAnswered(int window) {
        var settings = new Http2Settings().initialWindowSize(window);
        EmbeddedChannel client = client(settings);

        for (int i = 0; i < REQUESTS; i++) {
            request(client, i);
            pump(client);
        }

        assertThat(peer.endpoint.requests).hasSize(REQUESTS);
        assertThat(answers).hasSize(REQUESTS);
        assertThat(peer.endpoint.requests.getLast()).startsWith("/" + (REQUESTS - 1) + " ");
    }

    @Test
    void send_smallHeaderTable_obeyedByBothSides() {
        EmbeddedChannel client = client(new Http2Settings().headerTableSize(100));
        for (int i = 0; i < REQUESTS; i++) {
            request(client, i);
            pump(client);
        }

        assertThat(answers).hasSize(REQUESTS);
    }

    @Test
    void send_withAnswerTime_answersHeldAndCompleteInTheEnd() {
        peer.endpoint.answerNanos = TimeUnit.MILLISECONDS.toNanos(20);
        EmbeddedChannel client = client(new Http2Settings());
        for (int i = 0; i < 90; i++) {
            request(client, i);
        }
        pump(client);
        assertThat(answers).isEmpty();

        peer.pass(21);
        pump(client);
        assertThat(answers).hasSize(90);
    }

    private EmbeddedChannel client(Http2Settings settings) {
        Http2FrameCodec codec = Http2FrameCodecBuilder.forClient()
                .initialSettings(settings)
                .validateHeaders(true)
                .build();
        var client = new EmbeddedChannel(codec, new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
        pump(client);
        return client;
    }

    /** One stream's answer. */
    private final class Answer extends ChannelInboundHandlerAdapter {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            boolean end = false;
            if (message instanceof Http2HeadersFrame headers) {
                end = headers.isEndStream();
            } else if (message instanceof Http2DataFrame data) {
                text.append(data.content().toString(StandardCharsets.US_ASCII));
                end = data.isEndStream();
            }
            if (end) {
                answers.add(text.toString());
            }
            ReferenceCountUtil.release(message);
        }
    }

    private void request(EmbeddedChannel client, int number) {
        Channel stream = new Http2StreamChannelBootstrap(client)
                .handler(new Answer())
                .open()
                .getNow();
        var headers = new DefaultHttp2Headers()
                .method("POST")
                .scheme("https")
                .path("/" + number)
                .set("x-kind", "kind" + random.nextInt(4));
        if (random.nextBoolean()) {
            headers.set("x-id", Long.toHexString(random.nextLong()));
        }
        headers.set("x-" + random.nextInt(100), "v".repeat(random.nextInt(100)));
        var body = Unpooled.copiedBuffer("b".repeat(random.nextInt(300)), StandardCharsets.US_ASCII);
        var _ = stream.write(new DefaultHttp2HeadersFrame(headers, false));
        var _ = stream.writeAndFlush(new DefaultHttp2DataFrame(body, true));
    }

    /** Carries bytes to and fro until there are none. */
    private void pump(EmbeddedChannel client) {
        boolean moved = true;
        while (moved) {
            client.flush();
            moved = move(client, peer.server);
            moved |= move(peer.server, client);
        }
    }

    private static boolean move(EmbeddedChannel from, EmbeddedChannel to) {
        boolean moved = false;
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            to.writeInbound(bytes);
            moved = true;
        }
        return moved;
    }
}
