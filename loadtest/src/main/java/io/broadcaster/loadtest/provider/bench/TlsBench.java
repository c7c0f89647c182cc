package io.broadcaster.loadtest.provider.bench;

import com.sun.management.ThreadMXBean;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.Simulators;
import io.broadcaster.loadtest.provider.SimulatorsConfig;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What one request costs the simulators' event loops all in all: sockets, TLS, HTTP/2, judging, the journal and the answer.
 * CPU time and bytes allocated by these threads alone, whatever the client costs. {@code TlsBench [runs] [rttMillis]
 * [connections] [platform]}.
 */
public final class TlsBench {
    private static final int REQUESTS_PER_RUN = 1_000_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private TlsBench() {}

    /** Prints a line per platform and run. */
    public static void main(String[] args) throws Exception {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : 4;
        int rttMillis = args.length > 1 ? Integer.parseInt(args[1]) : 0;
        int connections = args.length > 2 ? Integer.parseInt(args[2]) : 4;
        Path directory = Files.createTempDirectory("simulator-bench");
        Platform[] platforms = args.length > 3 ? new Platform[] {Platform.ofWireName(args[3])} : Platform.values();
        for (Platform platform : platforms) {
            var config =
                    SimulatorsConfig.in(directory, InstantSource.system()).withAnswerTime(Duration.ofMillis(rttMillis));
            try (var simulators = Simulators.start(config)) {
                new TlsBench().run(simulators, platform, runs, connections);
            }
        }
    }

    private void run(Simulators simulators, Platform platform, int runs, int connections) throws Exception {
        var credentials = new BenchCredentials(simulators);
        String authorization = switch (platform) {
            case IOS -> credentials.apnsAuthorization(InstantSource.system().instant());
            case ANDROID -> credentials.fcmAuthorization(InstantSource.system().instant());
        };
        int streams = platform == Platform.IOS ? 1_000 : 100;
        int round = streams / 2;
        var clients = new ArrayList<TlsClient>();
        for (int i = 0; i < connections; i++) {
            var requests = new BenchRequests(platform, authorization, round);
            clients.add(new TlsClient(
                    credentials.tls(), simulators.endpoint(platform).getPort(), requests, round, streams));
        }
        for (int run = 1; run <= runs; run++) {
            long cpuBefore = loops(true);
            long allocatedBefore = loops(false);
            long began = System.nanoTime();
            int rounds = REQUESTS_PER_RUN / connections / round;
            sendAll(clients, rounds, streams);
            double requests = (double) rounds * connections * round;
            System.out.println(String.format(
                    Locale.ROOT,
                    "%-8s run %d: %5.0f ns CPU and %5.1f bytes allocated per request, %,.0f requests/s",
                    platform.wireName(),
                    run,
                    (loops(true) - cpuBefore) / requests,
                    (loops(false) - allocatedBefore) / requests,
                    requests * 1e9 / (System.nanoTime() - began)));
        }
        for (TlsClient client : clients) {
            client.close();
        }
    }

    private static void sendAll(List<TlsClient> clients, int rounds, int streams) throws InterruptedException {
        var senders = new ArrayList<Thread>();
        for (TlsClient client : clients) {
            senders.add(Thread.ofPlatform().start(() -> client.send(rounds, streams)));
        }
        for (Thread sender : senders) {
            sender.join();
        }
    }

    /** CPU nanoseconds of the simulators' threads so far, or bytes allocated by them. */
    private long loops(boolean cpu) {
        return Arrays.stream(threads.dumpAllThreads(false, false))
                .filter(thread -> thread.getThreadName().startsWith("provider-simulator"))
                .mapToLong(thread -> cpu
                        ? threads.getThreadCpuTime(thread.getThreadId())
                        : threads.getThreadAllocatedBytes(thread.getThreadId()))
                .sum();
    }
}
