package io.broadcaster.loadtest.provider.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** One HTTP/1.1 connection of a simulator; confined to its event loop. Pipelined requests are answered when due. */
final class Http1Exchange extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final Endpoint endpoint;

    Http1Exchange(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        ByteBuf content = request.content();
        byte[] body = new byte[Math.min(content.readableBytes(), endpoint.bodyMax())];
        content.getBytes(content.readerIndex(), body);
        HttpHeaders headers = request.headers();
        ProviderAnswer answer = endpoint.answer(new ProviderRequest(
                request.method().asciiName(),
                new AsciiString(request.uri()),
                headers::get,
                body,
                content.readableBytes()));
        boolean keepAlive = HttpUtil.isKeepAlive(request);
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

    private static void write(ChannelHandlerContext ctx, ProviderAnswer answer, boolean keepAlive) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body()));
        for (int i = 0; i < answer.headers().length; i += 2) {
            response.headers().set(answer.headers()[i], answer.headers()[i + 1]);
        }
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        var written = ctx.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }
}
