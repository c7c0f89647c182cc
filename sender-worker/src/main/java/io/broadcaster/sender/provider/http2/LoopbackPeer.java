package io.broadcaster.sender.provider.http2;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A provider within this process, to rehearse with: real TLS and HTTP/2 over the loopback interface, one event loop, and every
 * request is accepted unread. Only {@link #tls} trusts it. Start fails with {@link IllegalStateException} where no port can be
 * listened on.
 */
public final class LoopbackPeer implements AutoCloseable {
    /** Most connections that a rehearsal opens. */
    public static final int CONNECTIONS = 4;

    private static final long CLOSE_MILLIS = 2_000;

    private final EventLoopGroup group;
    private final Channel listening;
    private final LoopbackTls tls;

    private LoopbackPeer(EventLoopGroup group, Channel listening, LoopbackTls tls) {
        this.group = group;
        this.listening = listening;
        this.tls = tls;
    }

    /** Allows {@code streamsMax} requests at once per connection and answers each with 200 and, unless empty, this body. */
    public static LoopbackPeer start(int streamsMax, String body, Instant now) {
        LoopbackTls tls = LoopbackTls.create(now);
        var group =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("rehearsal-peer", true), Transport.io());
        var bound = new ServerBootstrap()
                .group(group)
                .channel(Transport.serverChannel())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(tls.server().newHandler(channel.alloc()))
                                .addLast(new LoopbackConnection(streamsMax, body));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .awaitUninterruptibly();
        var peer = new LoopbackPeer(group, bound.channel(), tls);
        if (!bound.isSuccess()) {
            peer.close();
            throw new IllegalStateException("no port for a rehearsal can be listened on", bound.cause());
        }
        return peer;
    }

    /** Where to reach it. */
    public URI endpoint() {
        var address = (InetSocketAddress) listening.localAddress();
        return URI.create("https://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /** What a client needs to trust it. */
    public SslContext tls() {
        return tls.client();
    }

    /** Clients must have closed before. */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * CLOSE_MILLIS);
        tls.close();
    }
}
