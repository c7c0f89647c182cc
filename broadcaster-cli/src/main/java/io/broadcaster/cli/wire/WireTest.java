package io.broadcaster.cli.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.client.Poll;
import io.broadcaster.cli.process.OwnProgram;
import io.broadcaster.cli.process.ReadyFile;
import io.broadcaster.loadtest.measure.ProcessTime;
import io.broadcaster.loadtest.report.Machine;
import io.broadcaster.loadtest.wire.PeerFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs every client in turn, round after round, each against the same peer. Used by one thread. */
final class WireTest {
    private static final Duration PEER_START_MAX = Duration.ofSeconds(60);
    private static final Duration SLACK = Duration.ofSeconds(60);
    private static final List<String> JVM = List.of("-Xms512m", "-Xmx512m", "-Dio.netty.leakDetection.level=disabled");

    private final Setup setup;
    private final Path work;
    private final PrintWriter out;
    private final Cores cores = Cores.ofThisMachine();

    WireTest(Setup setup, Path work, PrintWriter out) {
        this.setup = setup;
        this.work = work;
        this.out = out;
    }

    /** What is measured; {@code settings} go to our senders. */
    record Setup(
            Platform platform,
            List<ClientKind> clients,
            Duration rtt,
            int connections,
            int rounds,
            Duration time,
            Duration warmUp,
            Map<String, String> settings) {
        Setup {
            clients = List.copyOf(clients);
            settings = Map.copyOf(settings);
        }
    }

    WireReport run(Machine machine) throws IOException, InterruptedException {
        if (!cores.pinned()) {
            out.println("taskset or a second core is missing: client and peer share what there is");
        }
        Path ready = work.resolve("peer.ready");
        Process peer = start(
                "peer",
                cores.peer(OwnProgram.line(
                        JVM,
                        List.of(
                                "loadtest",
                                "peer",
                                "--platform=" + setup.platform(),
                                "--rtt=" + setup.rtt().toMillis() + "ms",
                                "--files=" + work.resolve("peer"),
                                "--ready-file=" + ready))));
        try {
            Map<String, String> settings = await(peer, new ReadyFile(ready));
            var rounds = new EnumMap<ClientKind, List<Pumped>>(ClientKind.class);
            for (int round = 1; round <= setup.rounds(); round++) {
                for (ClientKind client : setup.clients()) {
                    Pumped pumped = measure(client, peer.pid(), ready, settings);
                    rounds.computeIfAbsent(client, _ -> new ArrayList<>()).add(pumped);
                    tell(round, client, pumped);
                }
            }
            return WireReport.of(machine, setup, cores.pinned(), rounds);
        } finally {
            peer.destroy();
            peer.waitFor();
        }
    }

    /** The peer's CPU is taken over the whole life of the client, warm-up included, and scaled to what counted. */
    private Pumped measure(ClientKind client, long peer, Path ready, Map<String, String> settings)
            throws IOException, InterruptedException {
        double peerBefore = ProcessTime.cpuSeconds(peer);
        long start = System.nanoTime();
        Pumped pumped = client == ClientKind.H2LOAD
                ? new H2load(work, cores)
                        .run(
                                setup.platform(),
                                PeerFiles.endpoint(setup.platform(), settings),
                                setup.connections(),
                                setup.time().toSeconds())
                : java(client, ready);
        double wall = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        double peerShare = (ProcessTime.cpuSeconds(peer) - peerBefore) / wall;
        return new Pumped(
                pumped.answers(),
                pumped.wallSeconds(),
                pumped.cpuSeconds(),
                peerShare * pumped.wallSeconds(),
                pumped.allocatedBytes());
    }

    private Pumped java(ClientKind client, Path ready) throws IOException, InterruptedException {
        Path figures = work.resolve("client.json");
        String section = setup.platform() == Platform.IOS ? "apns" : "fcm";
        var arguments = new ArrayList<>(List.of(
                "loadtest",
                "client",
                "--platform=" + setup.platform(),
                "--client=" + client,
                "--config=" + ready,
                "--set=" + section + ".connections=" + setup.connections(),
                "--warmup=" + setup.warmUp().toMillis() + "ms",
                "--time=" + setup.time().toMillis() + "ms",
                "--out=" + figures));
        setup.settings().forEach((key, value) -> arguments.add("--set=" + key + "=" + value));
        Process process = start("client", cores.client(OwnProgram.line(JVM, arguments)));
        Duration longest = setup.warmUp().plus(setup.time()).plus(SLACK);
        if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException(
                    "client " + client + " failed; its log:\n" + Files.readString(work.resolve("client.log")));
        }
        return new ObjectMapper().readValue(figures.toFile(), Pumped.class);
    }

    private Process start(String name, List<String> line) throws IOException {
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve(name + ".log").toFile())
                .start();
    }

    private Map<String, String> await(Process peer, ReadyFile ready) throws InterruptedException {
        return Poll.until(
                        PEER_START_MAX,
                        () -> {
                            if (!peer.isAlive()) {
                                throw new IllegalStateException(
                                        "the peer ended; its log:\n" + Files.readString(work.resolve("peer.log")));
                            }
                            return ready.read();
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private void tell(int round, ClientKind client, Pumped pumped) {
        out.println(String.format(
                Locale.ROOT,
                "  round %d  %-8s %,12.0f per CPU second  %,12.0f per second  peer at %.0f %%",
                round,
                client.name().toLowerCase(Locale.ROOT),
                pumped.perCpuSecond(),
                pumped.perSecond(),
                100 * pumped.peerLoad()));
        out.flush();
    }
}
