package io.broadcaster.loadtest.provider.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection of a simulator in Netty's pipeline: feeds bytes to the {@link ServerConnection}, flushes once per
 * read, and lets held answers go by one timer. Answers that fall due within {@link #GRAIN_NANOS_MAX} leave together, at most
 * that much late. Confined to the connection's event loop.
 */
final class Http2Exchange extends ChannelDuplexHandler {
    /** Answers wait for company up to this long, and up to a share of their time: one write for many of them. */
    static final long GRAIN_NANOS_MAX = 1_000_000;

    private static final int GRAIN_SHARE = 32;

    private final Endpoint endpoint;
    private @Nullable State state;

    Http2Exchange(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** What there is from the moment when the handler is in a pipeline. */
    private static final class State {
        private final ChannelHandlerContext ctx;
        private final Outbound out;
        private final ServerConnection connection;
        private final FrameReader reader;
        private final Runnable onTime;
        private @Nullable ScheduledFuture<?> timer;
        private boolean over;

        State(ChannelHandlerContext ctx, Endpoint endpoint) {
            this.ctx = ctx;
            out = new Outbound(ctx.alloc());
            connection = new ServerConnection(endpoint, out);
            reader = new FrameReader(connection);
            onTime = this::onTime;
        }

        long nanoTime() {
            return ctx.executor().ticker().nanoTime();
        }

        private void onTime() {
            timer = null;
            release();
        }

        void release() {
            if (over) {
                return;
            }
            HeldAnswers held = connection.held();
            long now = nanoTime();
            connection.release(now);
            if (!held.isEmpty()) {
                if (timer == null && !held.isEmpty()) {
                    long wait = held.firstDue() - now;
                    long grain = Math.min(GRAIN_NANOS_MAX, wait / GRAIN_SHARE);
                    timer = ctx.executor().schedule(onTime, wait + grain, TimeUnit.NANOSECONDS);
                }
            }
            flush();
            if (connection.isDone()) {
                over = true;
                var _ = ctx.close();
            }
        }

        void flush() {
            ByteBuf frames = out.take();
            if (frames != null) {
                var _ = ctx.writeAndFlush(frames);
            }
        }

        void end() {
            over = true;
            if (timer != null) {
                timer.cancel(false);
                timer = null;
            }
            ReferenceCountUtil.release(out.take());
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            start(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        start(ctx);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (state != null) {
            state.end();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        try {
            if (state != null && !state.over) {
                state.connection.begin(state.nanoTime() + endpoint.answerNanos());
                state.reader.read(bytes);
            }
        } catch (Http2Fault fault) {
            goAway(ctx, fault.code());
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (state != null) {
            state.release();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (state != null && !state.over && ctx.channel().isActive()) {
            state.connection.goAway(Http2Error.NO_ERROR);
            state.flush();
            state.over = true;
        }
        var _ = ctx.close(promise);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            ctx.fireExceptionCaught(cause); // not the client's going away: Netty's tail logs it
        }
        var _ = ctx.close();
    }

    private void start(ChannelHandlerContext ctx) {
        if (state == null) {
            state = new State(ctx, endpoint);
            state.connection.start();
            state.flush();
        }
    }

    private void goAway(ChannelHandlerContext ctx, Http2Error code) {
        State ending = state;
        if (ending == null) {
            return;
        }
        ending.connection.release(ending.nanoTime());
        ending.connection.goAway(code);
        ByteBuf frames = ending.out.take();
        ending.over = true;
        if (frames != null) {
            ctx.writeAndFlush(frames).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
