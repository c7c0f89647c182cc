package io.broadcaster.sender.provider.http2;

import io.broadcaster.sender.provider.http2.Provider.CredentialsException;
import io.broadcaster.task.Backoff;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection of a loop open once it is wanted: looks its address up anew each time, takes another of the host's
 * addresses after a failure, and pauses between attempts so that a provider never sees fast connects and disconnects.
 * Confined to the loop but for the look-up, which blocks on a virtual thread.
 */
final class Lane implements ConnectionListener {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    private static final Duration PAUSE_FIRST = Duration.ofMillis(50);
    private static final Duration PAUSE_MOST = Duration.ofSeconds(5);

    /** A connection that lived so long is replaced at once. */
    private static final int SETTLED_MILLIS = 10_000;

    /** Written and not yet taken by the socket, in bytes; half of it lets writing go on. */
    private static final int WRITE_BUFFER_MAX = 512 * 1_024;

    /** How long the end of TLS may wait for a peer that takes nothing: a dead one is found within five seconds in all. */
    private static final int FAREWELL_MILLIS = 500;

    private final BurstLoop loop;
    private final BurstConfig config;
    private final Provider provider;
    private final Backoff backoff;
    private final List<CompletableFuture<Optional<String>>> waiting = new ArrayList<>();
    private int addressIndex;
    private @Nullable BurstConnection current;
    private final List<BurstConnection> retired = new ArrayList<>();
    private boolean opening; // also while it pauses before it tries again
    private boolean connecting;
    private boolean ready;
    private boolean closed;
    private int openedAt;

    Lane(BurstLoop loop, BurstConfig config, Provider provider, int index, RandomGenerator random) {
        this.loop = loop;
        this.config = config;
        this.provider = provider;
        addressIndex = index;
        backoff = new Backoff(random, PAUSE_FIRST, PAUSE_MOST);
    }

    /** The connection that takes requests; null while there is none. */
    @Nullable BurstConnection connection() {
        return ready ? current : null;
    }

    /** Whether it may be ready soon. */
    boolean connecting() {
        return connecting;
    }

    /** Opens the connection unless it is open or being opened. */
    void want() {
        if (current == null && !opening && !closed) {
            open();
        }
    }

    /** The same; the answer is empty once it is ready, or says why the first attempt from now on failed. */
    void want(CompletableFuture<Optional<String>> answer) {
        if (ready) {
            answer.complete(Optional.empty());
            return;
        }
        if (closed) {
            answer.complete(Optional.of("this sender closes"));
            return;
        }
        waiting.add(answer);
        want();
    }

    private void open() {
        opening = true;
        connecting = true;
        Thread.ofVirtual().name(config.name() + "-look-up").start(() -> {
            try {
                RequestForm warmUp = provider.warmUp();
                InetAddress[] addresses =
                        InetAddress.getAllByName(config.endpoint().getHost());
                onLoop(() -> connect(warmUp, addresses));
            } catch (UnknownHostException e) {
                onLoop(() -> failed("the provider's host is not known"));
            } catch (CredentialsException e) {
                onLoop(() -> failed(String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                onLoop(() -> failed("the connection cannot be prepared: " + e));
            }
        });
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("{}: the sender closed while a connection was prepared", config.name());
        }
    }

    private void connect(RequestForm warmUp, InetAddress[] addresses) {
        if (closed) {
            return;
        }
        var connection = new BurstConnection(config, provider, warmUp, this, loop.clock());
        InetAddress address = addresses[Math.floorMod(addressIndex, addresses.length)];
        current = connection;
        openedAt = loop.clock().millis();
        var _ = new Bootstrap()
                .group(loop.executor())
                .channel(Transport.channel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(WRITE_BUFFER_MAX / 2, WRITE_BUFFER_MAX))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        config.connectTimeout().toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SslHandler tls = config.tls()
                                .newHandler(channel.alloc(), config.endpoint().getHost(), config.port());
                        tls.setHandshakeTimeoutMillis(config.connectTimeout().toMillis());
                        tls.setCloseNotifyFlushTimeoutMillis(FAREWELL_MILLIS);
                        tls.setWrapDataSize(0); // a write is not cut up: its records go into one buffer
                        channel.pipeline().addLast(tls).addLast(connection);
                    }
                })
                .connect(new InetSocketAddress(address, config.port()))
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        current = null;
                        failed("the provider cannot be reached: "
                                + String.valueOf(connected.cause().getMessage()));
                    }
                });
    }

    /** No connection came about. */
    private void failed(String why) {
        opening = false;
        connecting = false;
        addressIndex++;
        List<CompletableFuture<Optional<String>>> heard = List.copyOf(waiting);
        waiting.clear();
        heard.forEach(answer -> answer.complete(Optional.of(why)));
        loop.failed();
        openLater();
    }

    private void openLater() {
        if (!closed && !opening) {
            opening = true;
            var _ = loop.executor()
                    .schedule(
                            () -> {
                                opening = false;
                                want();
                            },
                            backoff.next().toNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void ready(BurstConnection connection) {
        opening = false;
        connecting = false;
        ready = true;
        loop.ready(1);
        waiting.forEach(answer -> answer.complete(Optional.empty()));
        waiting.clear();
    }

    @Override
    public void retiring(BurstConnection connection) {
        if (connection == current) {
            current = null;
            retired.add(connection);
            reopen();
        }
    }

    @Override
    public void closed(BurstConnection connection, String why) {
        loop.report(); // there may be no next read or sweep
        retired.remove(connection);
        if (connection == current) {
            current = null;
            if (ready) {
                reopen();
            } else {
                failed(why);
            }
        }
    }

    /** After the end of a connection that had been ready, or was about to be. */
    private void reopen() {
        if (!ready) {
            failed("the provider went away");
            return;
        }
        ready = false;
        loop.ready(-1);
        if (loop.clock().millis() - openedAt > SETTLED_MILLIS) {
            backoff.reset();
            if (!closed) {
                open();
            }
        } else {
            openLater();
        }
    }

    @Override
    public void mayStartMore(BurstConnection connection) {
        loop.pump(connection);
    }

    @Override
    public void toReport(Attempt attempt) {
        loop.toReport(attempt);
    }

    @Override
    public void answered() {
        loop.answered(1);
    }

    void sweep() {
        BurstConnection connection = current;
        if (connection != null) {
            connection.sweep();
        }
        List.copyOf(retired).forEach(BurstConnection::sweep);
    }

    void close() {
        closed = true;
        BurstConnection connection = current;
        if (connection != null) {
            connection.close("this sender closes");
        }
        List.copyOf(retired).forEach(retiring -> retiring.close("this sender closes"));
        waiting.forEach(answer -> answer.complete(Optional.of("this sender closes")));
        waiting.clear();
    }
}
