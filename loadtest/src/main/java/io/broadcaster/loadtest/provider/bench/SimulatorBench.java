package io.broadcaster.loadtest.provider.bench;

import com.sun.management.ThreadMXBean;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.Simulators;
import io.broadcaster.loadtest.provider.SimulatorsConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;

/**
 * What one request costs a simulator, without TLS and sockets: a client's bytes in records of 16 KB go through the handler
 * of one connection, every answer comes out at once. Thread CPU time and bytes allocated per request; the making of the
 * bytes is not counted. {@code SimulatorBench [runs]}.
 */
public final class SimulatorBench {
    private static final int ROUND = 500;
    private static final int FCM_ROUND = 100;
    private static final int REQUESTS_PER_RUN = 1_000_000;
    private static final int RECORD_BYTES = 16_384;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final EmbeddedChannel channel;
    private final BenchRequests requests;
    private final int round;
    private long cpuNanos;
    private long allocatedBytes;
    private long answeredBytes;

    private SimulatorBench(Simulators simulators, Platform platform, String authorization) {
        round = platform == Platform.IOS ? ROUND : FCM_ROUND;
        requests = new BenchRequests(platform, authorization, round);
        channel = new EmbeddedChannel(simulators.connection(platform));
        feed(requests.opening());
    }

    /** Prints a line per platform and run. */
    public static void main(String[] args) throws Exception {
        int runs = args.length == 0 ? 5 : Integer.parseInt(args[0]);
        Path directory = Files.createTempDirectory("simulator-bench");
        for (Platform platform : Platform.values()) {
            try (var simulators = Simulators.start(SimulatorsConfig.in(directory, InstantSource.system()))) {
                var credentials = new BenchCredentials(simulators);
                String authorization = switch (platform) {
                    case IOS ->
                        credentials.apnsAuthorization(InstantSource.system().instant());
                    case ANDROID ->
                        credentials.fcmAuthorization(InstantSource.system().instant());
                };
                var bench = new SimulatorBench(simulators, platform, authorization);
                for (int run = 1; run <= runs; run++) {
                    bench.run();
                    System.out.println(String.format(
                            Locale.ROOT,
                            "%-8s run %d: %5.0f ns and %5.1f bytes allocated per request of %d bytes, %d bytes answered",
                            platform.wireName(),
                            run,
                            (double) bench.cpuNanos / REQUESTS_PER_RUN,
                            (double) bench.allocatedBytes / REQUESTS_PER_RUN,
                            bench.requests.requestBytes(),
                            bench.answeredBytes / REQUESTS_PER_RUN));
                }
                long expected = (long) runs * REQUESTS_PER_RUN + 1;
                var totals = simulators.journal().totals(platform);
                if (totals.accepted() != expected) {
                    throw new IllegalStateException("journal must have " + expected + " deliveries, but has " + totals);
                }
            }
        }
    }

    private void run() {
        cpuNanos = 0;
        allocatedBytes = 0;
        answeredBytes = 0;
        for (int done = 0; done < REQUESTS_PER_RUN; done += round) {
            feed(requests.next());
        }
    }

    private void feed(byte[] bytes) {
        for (int from = 0; from < bytes.length; from += RECORD_BYTES) {
            int length = Math.min(RECORD_BYTES, bytes.length - from);
            ByteBuf record = PooledByteBufAllocator.DEFAULT.directBuffer(RECORD_BYTES);
            record.writeBytes(bytes, from, length);
            long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
            long cpuBefore = threads.getCurrentThreadCpuTime();
            channel.writeInbound(record);
            cpuNanos += threads.getCurrentThreadCpuTime() - cpuBefore;
            allocatedBytes += threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
            drain();
        }
    }

    private void drain() {
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            answeredBytes += out.readableBytes();
            out.release();
        }
    }
}
