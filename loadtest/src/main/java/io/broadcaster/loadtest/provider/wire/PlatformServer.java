package io.broadcaster.loadtest.provider.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * The listening socket of one simulated provider on the loopback interface: TLS, then HTTP/2 or, where allowed, HTTP/1.1
 * by ALPN. Everything runs on the given event loops. Starting fails with {@link IllegalStateException} when the port is
 * taken.
 */
public final class PlatformServer implements AutoCloseable {
    private static final int BACKLOG = 1_024;
    private static final int HTTP1_BODY_MAX = 64 * 1_024;

    private final Channel listening;
    private final ChannelGroup connections;

    private PlatformServer(Channel listening, ChannelGroup connections) {
        this.listening = listening;
        this.connections = connections;
    }

    /** What a server speaks. */
    public record Wire(SslContext tls, boolean http1) {}

    /** Listens on {@code port} (0: any free one); every connection gets an endpoint of its own. */
    public static PlatformServer start(EventLoopGroup loops, int port, Wire wire, Supplier<Endpoint> endpoints) {
        var connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.add(channel);
                        channel.pipeline()
                                .addLast(wire.tls().newHandler(channel.alloc()))
                                .addLast(new ProtocolChoice(wire, endpoints));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException("simulator cannot listen on port " + port, bound.cause());
        }
        return new PlatformServer(bound.channel(), connections);
    }

    /** What speaks HTTP/2 in a connection's pipeline behind TLS, or without it. */
    public static ChannelHandler http2(Endpoint endpoint) {
        return new Http2Exchange(endpoint);
    }

    /** The port that is listened on. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Connections that are open now. */
    public int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
    }

    /** Puts the codec of the negotiated protocol into the pipeline. */
    private static final class ProtocolChoice extends ApplicationProtocolNegotiationHandler {
        private final Supplier<Endpoint> endpoints;

        ProtocolChoice(Wire wire, Supplier<Endpoint> endpoints) {
            // Without ALPN: Pushy speaks HTTP/2 to APNs by prior knowledge, plain clients speak HTTP/1.1 to FCM.
            super(wire.http1() ? ApplicationProtocolNames.HTTP_1_1 : ApplicationProtocolNames.HTTP_2);
            this.endpoints = endpoints;
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                ctx.pipeline().addLast(http2(endpoints.get()));
            } else {
                ctx.pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(HTTP1_BODY_MAX))
                        .addLast(new Http1Exchange(endpoints.get()));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var _ = ctx.close(); // a client that died while it shook hands
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
            var _ = ctx.close(); // a client that does not trust the CA: it has the reason, we have no use for it
        }
    }
}
