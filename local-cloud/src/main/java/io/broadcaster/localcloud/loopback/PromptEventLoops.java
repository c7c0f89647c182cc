package io.broadcaster.localcloud.loopback;

import com.linecorp.armeria.common.Flags;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Event loops of the transport that Armeria listens with, which stop when told to, not after Netty's two quiet seconds. */
final class PromptEventLoops extends MultiThreadIoEventLoopGroup {
    private static final long STOP_SECONDS_MAX = 1;

    PromptEventLoops(int threads, String name) {
        super(threads, new DefaultThreadFactory(name, true), transport());
    }

    @Override
    public Future<?> shutdownGracefully() {
        return shutdownGracefully(0, STOP_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static IoHandlerFactory transport() {
        return switch (Flags.transportType()) {
            case NIO -> NioIoHandler.newFactory();
            case EPOLL -> EpollIoHandler.newFactory();
            case KQUEUE -> KQueueIoHandler.newFactory();
            case IO_URING ->
                throw new IllegalStateException("The local cloud does not run on io_uring; use epoll or nio");
        };
    }
}
