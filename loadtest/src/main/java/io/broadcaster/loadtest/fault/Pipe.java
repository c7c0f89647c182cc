package io.broadcaster.loadtest.fault;

import io.broadcaster.loadtest.fault.LinkFault.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * One direction of a link: what comes from {@code source} goes to {@code sink}, as the link's fault has it. Confined to the
 * link's event loop. Bound: past {@value #WAITING_BYTES_MAX} bytes that wait, nothing more is read.
 */
final class Pipe extends ChannelInboundHandlerAdapter {
    static final int WAITING_BYTES_MAX = 1 << 20;

    private final Link link;
    private final Direction direction;
    private final Channel source;
    private final Channel sink;
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean ended;
    private boolean scheduled;
    private long mayPassAtNanos;

    private record Piece(ByteBuf bytes, long dueNanos) {}

    Pipe(Link link, Direction direction, Channel source, Channel sink) {
        this.link = link;
        this.direction = direction;
        this.source = source;
        this.sink = sink;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        if (link.swallows(direction)) {
            bytes.release();
            return;
        }
        waitingBytes += bytes.readableBytes();
        waiting.add(new Piece(bytes, System.nanoTime() + link.delayNanos()));
        if (waitingBytes > WAITING_BYTES_MAX) {
            source.config().setAutoRead(false);
        }
        pass();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended = true;
        link.ended(direction);
        pass();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close(); // a reset from this side: the other learns of it as of any end
    }

    /** Passes on what is due; called again whenever the fault changes. */
    void pass() {
        long now = System.nanoTime();
        while (!waiting.isEmpty()) {
            Piece next = waiting.getFirst();
            long due = Math.max(next.dueNanos(), mayPassAtNanos);
            if (due - now > 0) {
                again(due - now);
                break;
            }
            pass(next, now);
        }
        sink.flush();
        if (waitingBytes <= WAITING_BYTES_MAX / 2) {
            source.config().setAutoRead(true);
        }
        if (ended && waiting.isEmpty() && !link.swallows(direction)) {
            var _ = sink.close();
        }
    }

    private void pass(Piece piece, long now) {
        int readable = piece.bytes().readableBytes();
        int length = (int) Math.min(readable, link.mayPass(direction));
        var _ = sink.write(piece.bytes().readRetainedSlice(length));
        waitingBytes -= length;
        if (length == readable) {
            waiting.removeFirst().bytes().release();
        }
        mayPassAtNanos = now + link.pauseNanos();
        link.passed(direction, length);
    }

    private void again(long nanos) {
        if (!scheduled) {
            scheduled = true;
            var _ = sink.eventLoop()
                    .schedule(
                            () -> {
                                scheduled = false;
                                pass();
                            },
                            nanos,
                            TimeUnit.NANOSECONDS);
        }
    }

    /** Nothing passes any more. */
    void drop() {
        waiting.forEach(piece -> piece.bytes().release());
        waiting.clear();
        waitingBytes = 0;
    }
}
