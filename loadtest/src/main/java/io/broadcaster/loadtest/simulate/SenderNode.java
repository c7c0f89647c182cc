package io.broadcaster.loadtest.simulate;

import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.Ledger;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.Phase;
import io.broadcaster.delivery.WorkerStatus.SnapshotReadiness;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.delivery.WorkerVitals;
import io.broadcaster.sender.receive.BatchHandler;
import io.broadcaster.sender.receive.LaunchWatch;
import io.broadcaster.sender.receive.SnapshotSource;
import io.broadcaster.sender.send.BatchDrive;
import io.broadcaster.sender.send.RetryPolicy;
import io.broadcaster.sender.send.ThrottleGate;
import io.broadcaster.sender.settle.Settlement;
import io.broadcaster.sender.snapshot.SnapshotInUse;
import io.broadcaster.task.ConsumerConfig;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.task.QueueConsumer;
import io.broadcaster.task.WaitingClock;
import io.broadcaster.testkit.simulation.RemoteCampaigns;
import io.broadcaster.testkit.simulation.RemoteLedger;
import io.broadcaster.testkit.simulation.SimulatedProcess;
import io.broadcaster.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A sender: the parts of {@code SenderProcess} in one simulated process, its snapshot in memory or not. */
final class SenderNode {
    static final Duration VISIBILITY = Duration.ofSeconds(30);
    static final Duration LEDGER_LEASE = Duration.ofSeconds(60);
    static final Duration ABORT_INTERVAL = Duration.ofMillis(250);
    private static final Duration DRAIN = Duration.ofSeconds(20);
    private static final RetryPolicy RETRY =
            new RetryPolicy(6, 3, Duration.ofMillis(200), Duration.ofSeconds(30), RetryPolicy.GIVE_UP_AFTER);

    private final Simulation simulation;
    private final SimulatedProcess process;
    private final Services services;
    private final Holding holding;
    private final Map<Platform, SimulatedConnections> connections = new EnumMap<>(Platform.class);
    private final List<QueueConsumer> consumers = new ArrayList<>();
    private boolean ready = true;

    /** What the sender holds: the snapshot under its manifest's SHA-256, and how much it takes at once. */
    record Holding(SnapshotInUse snapshot, String manifestSha256, int batchesInFlight, int streams) {}

    SenderNode(Simulation simulation, SimulatedProcess process, Services services, Holding holding) {
        this.simulation = simulation;
        this.process = process;
        this.services = services;
        this.holding = holding;
    }

    void start() {
        process.start("main", this::wire);
    }

    SimulatedProcess process() {
        return process;
    }

    SimulatedConnections connections(Platform platform) {
        return Objects.requireNonNull(connections.get(platform));
    }

    /** Whether it holds the snapshot: without it its batches come again. */
    void ready(boolean now) {
        ready = now;
    }

    private void wire() {
        WaitingClock clock = process.clock();
        RemoteCampaigns campaigns = services.campaigns(process);
        RemoteLedger ledger = services.ledger(process);
        var figures = new SenderFigures(process.name(), services.progress(process), clock);
        var watch = new LaunchWatch(campaigns, ABORT_INTERVAL, clock);
        var settlement = new Settlement(
                new Ledger(ledger, process.name(), LEDGER_LEASE), ledger, process.random(), clock, figures);
        SnapshotSource snapshots = this::borrow;
        var shared = new BatchHandler.Shared(snapshots, settlement, watch, figures, figures, clock);
        process.loop(
                "heartbeat",
                Duration.ofSeconds(1),
                () -> services.workers(process).heartbeat(status(clock)));
        process.loop("figures", Duration.ofMillis(250), figures::flush);
        for (Platform platform : Platform.values()) {
            var connection =
                    new SimulatedConnections(simulation, process, services.provider(platform), holding.streams());
            connections.put(platform, connection);
            Optional<ThrottleGate> gate =
                    platform == Platform.ANDROID ? Optional.of(new ThrottleGate(clock)) : Optional.empty();
            var drive = new BatchDrive(connection, RETRY, gate, process.random(), clock);
            var consumer = new QueueConsumer(
                    services.batches(platform).from(process), bounds(), clock, process.random(), (_, _) -> {});
            consumers.add(consumer);
            consumer.start(new BatchHandler(platform, drive, shared));
        }
    }

    private ConsumerConfig bounds() {
        return new ConsumerConfig(2, holding.batchesInFlight(), Duration.ofSeconds(10), VISIBILITY, DRAIN);
    }

    private Optional<SnapshotInUse> borrow(LaunchFacts launch) {
        return ready && launch.id().equals(holding.snapshot().manifest().launch())
                ? Optional.of(holding.snapshot())
                : Optional.empty();
    }

    private WorkerStatus status(WaitingClock clock) {
        var readiness = new SnapshotReadiness(
                "simulated", 1, holding.manifestSha256(), ready ? Phase.READY : Phase.FAILED, ready ? "" : "missing");
        return new WorkerStatus(
                process.name(),
                WorkerRole.SENDER,
                "simulated",
                Simulation.START,
                clock.instant(),
                List.of(readiness),
                1,
                0,
                WorkerVitals.UNKNOWN);
    }

    /** SIGTERM: drains and ends. */
    void drain() {
        process.start("drain", () -> {
            var closing = consumers.stream()
                    .map(consumer -> Thread.ofVirtual().start(consumer::close))
                    .toList();
            try {
                for (Thread each : closing) {
                    each.join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process.kill();
        });
    }

    /** Most messages in flight in one of its consumers. */
    long inFlight() {
        return consumers.stream().mapToLong(c -> c.stats().inFlight()).max().orElse(0);
    }
}
