package io.broadcaster.loadtest.provider.wire;

import io.broadcaster.loadtest.provider.hpack.FieldNames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One HTTP/1.1 connection of a simulator; confined to its event loop. Pipelined requests are answered when due. */
final class Http1Exchange extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final Endpoint endpoint;
    private final ProviderRequest request;

    Http1Exchange(Endpoint endpoint) {
        this.endpoint = endpoint;
        request = new ProviderRequest(endpoint.names());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest received) {
        fill(received);
        endpoint.begin();
        ProviderAnswer given = endpoint.answer(request);
        if (given.fate() != ProviderAnswer.Fate.ANSWERED) {
            if (given.fate() == ProviderAnswer.Fate.REFUSED) {
                var _ = ctx.close(); // as near as HTTP/1.1 comes to it
            }
            return;
        }
        FullHttpResponse answer = response(given);
        boolean keepAlive = HttpUtil.isKeepAlive(received);
        long wait = endpoint.answerNanos();
        if (wait == 0) {
            write(ctx, answer, keepAlive);
        } else {
            var _ = ctx.executor().schedule(() -> write(ctx, answer, keepAlive), wait, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            ctx.fireExceptionCaught(cause); // not the client's going away: Netty's tail logs it
        }
        var _ = ctx.close();
    }

    /** As HTTP/2 would have brought it. */
    private void fill(FullHttpRequest received) {
        FieldNames names = endpoint.names();
        request.begin(0, 0);
        names.field(":method", received.method().name(), request);
        names.field(":scheme", "https", request);
        names.field(":path", received.uri(), request);
        for (var header : received.headers()) {
            names.field(header.getKey().toLowerCase(Locale.ROOT), header.getValue(), request);
        }
        ByteBuf content = received.content();
        byte[] body = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), body);
        request.lendBody(body, 0, body.length);
    }

    private static FullHttpResponse response(ProviderAnswer answer) {
        AnswerHead head = answer.head();
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(head.status()), Unpooled.copiedBuffer(answer.body()));
        AsciiString[] headers = head.headers();
        for (int i = 0; i < headers.length; i += 2) {
            response.headers().set(headers[i], headers[i + 1]);
        }
        if (!head.open().isEmpty()) {
            String value =
                    new String(answer.value(), answer.valueFrom(), answer.valueLength(), StandardCharsets.US_ASCII);
            response.headers().set(head.open(), value);
        }
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        return response;
    }

    private static void write(ChannelHandlerContext ctx, FullHttpResponse response, boolean keepAlive) {
        var written = ctx.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }
}
