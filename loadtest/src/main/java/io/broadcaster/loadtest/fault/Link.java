package io.broadcaster.loadtest.fault;

import io.broadcaster.loadtest.fault.LinkFault.Direction;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannelConfig;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection through the proxy: two channels on one event loop, and what they suffer. Safe for any thread but the event
 * loop, on which the work is done.
 */
public final class Link {
    private static final long OPEN = Long.MIN_VALUE;

    private final Channel client;
    private final Channel server;
    private final Pipe toServer;
    private final Pipe toClient;
    private final AtomicLong bytesToServer = new AtomicLong();
    private final AtomicLong bytesToClient = new AtomicLong();
    private volatile LinkFault fault = new LinkFault.None();
    private volatile long leftByClientNanos = OPEN;
    private long untilReset;
    private boolean cut;

    Link(Channel client, Channel server) {
        this.client = client;
        this.server = server;
        toServer = new Pipe(this, Direction.TO_SERVER, client, server);
        toClient = new Pipe(this, Direction.TO_CLIENT, server, client);
        client.pipeline().addLast(toServer);
        server.pipeline().addLast(toClient);
    }

    /** Suffers this for every byte that comes once this has returned. */
    public void suffer(LinkFault next) {
        client.eventLoop().submit(() -> begin(next)).syncUninterruptibly();
    }

    /** Bytes that have passed. */
    public long bytes(Direction direction) {
        return counter(direction).get();
    }

    /** When the client ended or reset its side, by {@link System#nanoTime}; empty while it has not. */
    public Optional<Long> leftByClientNanos() {
        long nanos = leftByClientNanos;
        return nanos == OPEN ? Optional.empty() : Optional.of(nanos);
    }

    void begin(LinkFault next) {
        fault = next;
        switch (next) {
            case LinkFault.None _, LinkFault.Delay _, LinkFault.Drip _, LinkFault.Blackhole _ -> {}
            case LinkFault.ResetAfter(var _, long bytes) -> {
                untilReset = bytes;
                if (bytes == 0) {
                    reset();
                }
            }
            case LinkFault.HalfOpen _ -> {
                cut = true;
                toServer.drop();
                toClient.drop();
                var _ = server.close();
            }
        }
        toServer.pass();
        toClient.pass();
    }

    boolean swallows(Direction direction) {
        return switch (fault) {
            case LinkFault.Blackhole(Direction one) -> cut || one == direction;
            case LinkFault.HalfOpen _ -> true;
            case LinkFault.None _, LinkFault.Delay _, LinkFault.Drip _, LinkFault.ResetAfter _ -> cut;
        };
    }

    long delayNanos() {
        return fault instanceof LinkFault.Delay(var time) ? time.toNanos() : 0;
    }

    long pauseNanos() {
        return fault instanceof LinkFault.Drip(int _, var interval) ? interval.toNanos() : 0;
    }

    long mayPass(Direction direction) {
        return switch (fault) {
            case LinkFault.Drip(int bytes, var _) -> bytes;
            case LinkFault.ResetAfter(Direction one, long _) -> one == direction ? untilReset : Long.MAX_VALUE;
            case LinkFault.None _, LinkFault.Delay _, LinkFault.Blackhole _, LinkFault.HalfOpen _ -> Long.MAX_VALUE;
        };
    }

    void passed(Direction direction, int bytes) {
        counter(direction).addAndGet(bytes);
        if (fault instanceof LinkFault.ResetAfter(Direction one, long _) && one == direction) {
            untilReset -= bytes;
            if (untilReset == 0) {
                sinkOf(direction).flush();
                reset();
            }
        }
    }

    void ended(Direction direction) {
        if (direction == Direction.TO_SERVER && leftByClientNanos == OPEN) {
            leftByClientNanos = System.nanoTime();
        }
        if (direction == Direction.TO_SERVER && swallows(direction)) {
            var _ = server.close(); // nobody is left to tell
        }
    }

    boolean open() {
        return client.isActive();
    }

    void close() {
        var _ = client.close();
        var _ = server.close();
    }

    /** RST, not FIN, to both. */
    private void reset() {
        cut = true;
        toServer.drop();
        toClient.drop();
        for (Channel end : new Channel[] {client, server}) {
            if (end.config() instanceof SocketChannelConfig) {
                end.config().setOption(ChannelOption.SO_LINGER, 0);
            }
            var _ = end.close();
        }
    }

    private Channel sinkOf(Direction direction) {
        return switch (direction) {
            case TO_SERVER -> server;
            case TO_CLIENT -> client;
        };
    }

    private AtomicLong counter(Direction direction) {
        return switch (direction) {
            case TO_SERVER -> bytesToServer;
            case TO_CLIENT -> bytesToClient;
        };
    }
}
