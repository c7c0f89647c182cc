package io.broadcaster.loadtest.fault;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy on the loopback interface that can be told to be a bad network, for one connection or for all. TLS passes
 * through: it reads nothing. Safe for any thread; one event loop does the work. Start fails when no port is free.
 */
public final class FaultProxy implements AutoCloseable {
    private static final long CLOSE_SECONDS_MAX = 5;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("fault-proxy", true), NioIoHandler.newFactory());
    private final InetSocketAddress target;
    private final Channel listening;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private volatile LinkFault fault = new LinkFault.None();

    private FaultProxy(InetSocketAddress target) {
        this.target = target;
        listening = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel client) {
                        connect(client);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    /** Starts one before a port of the loopback interface; it takes connections when this returns. */
    public static FaultProxy before(int port) {
        return new FaultProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Where it listens. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Every connection, those to come too, suffers this from now on. */
    public void suffer(LinkFault next) {
        fault = next;
        links.forEach(link -> link.suffer(next));
    }

    /** Connections to come suffer this from now on; those that are open go on as they do. */
    public void sufferLater(LinkFault next) {
        fault = next;
    }

    /** Every connection that came about, in that order, ended ones too. */
    public List<Link> links() {
        return List.copyOf(links);
    }

    /** Connections whose client has not left. */
    public List<Link> open() {
        return links.stream().filter(Link::open).toList();
    }

    private void connect(Channel client) {
        new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInboundHandlerAdapter()) // the link brings its own
                .connect(target)
                .addListener((ChannelFutureListener) connected -> {
                    if (!connected.isSuccess()) {
                        var _ = client.close();
                        return;
                    }
                    var link = new Link(client, connected.channel());
                    links.add(link);
                    link.begin(fault);
                });
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        links.forEach(Link::close);
        loop.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
