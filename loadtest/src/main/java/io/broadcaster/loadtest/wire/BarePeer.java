package io.broadcaster.loadtest.wire;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.tls.ServerIdentity;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A provider that accepts everything, on one event loop: real TLS 1.3 and valid HTTP/2, no header decoded, no token looked
 * at. It is there not to be the limit; whether a sender obeys the provider's rules is the simulators' to judge. Safe for any
 * thread. Start fails when the port is taken.
 */
public final class BarePeer implements AutoCloseable {
    private static final int BACKLOG = 1_024;
    private static final long CLOSE_SECONDS_MAX = 5;

    private final EventLoopGroup loop;
    private final Channel listening;

    private BarePeer(EventLoopGroup loop, Channel listening) {
        this.loop = loop;
        this.listening = listening;
    }

    /** Streams that the platform's provider grants on a connection. */
    public static int streamsMax(Platform platform) {
        return switch (platform) {
            case IOS -> 1_000;
            case ANDROID -> 100;
        };
    }

    /** Serves on any free port of the loopback interface; every answer is held back for {@code delay}. */
    public static BarePeer start(Platform platform, ServerIdentity identity, Duration delay) {
        SslContext tls = identity.tls(false);
        BareAnswer answer = BareAnswer.of(platform);
        boolean epoll = Epoll.isAvailable();
        var loop = new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory("bare-peer", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        var bound = new ServerBootstrap()
                .group(loop)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(tls.newHandler(channel.alloc()))
                                .addLast(new BareConnection(answer, streamsMax(platform), delay.toNanos()));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var _ = loop.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
            throw new IllegalStateException("the bare peer cannot listen", bound.cause());
        }
        return new BarePeer(loop, bound.channel());
    }

    /** The port that is listened on. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
