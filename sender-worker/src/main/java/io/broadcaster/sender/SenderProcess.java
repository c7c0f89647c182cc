package io.broadcaster.sender;

import io.broadcaster.audience.ObjectStore;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.Ledger;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.ProgressStore;
import io.broadcaster.delivery.ProofStore;
import io.broadcaster.delivery.TestDeviceStore;
import io.broadcaster.delivery.WorkerRegistry;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.delivery.WorkerVitals;
import io.broadcaster.sender.receive.BatchHandler;
import io.broadcaster.sender.receive.LaunchWatch;
import io.broadcaster.sender.receive.ProofHandler;
import io.broadcaster.sender.receive.ShelfSnapshots;
import io.broadcaster.sender.send.BatchDrive;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.sender.send.ThrottleGate;
import io.broadcaster.sender.send.WarmKeeper;
import io.broadcaster.sender.settle.Settlement;
import io.broadcaster.sender.snapshot.CampaignWatch;
import io.broadcaster.sender.snapshot.SnapshotShelf;
import io.broadcaster.task.ConsumerConfig;
import io.broadcaster.task.MessageHandler;
import io.broadcaster.task.QueueConsumer;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.telemetry.ConsumerTelemetry;
import io.broadcaster.telemetry.Heartbeat;
import io.broadcaster.telemetry.LaunchTimings;
import io.broadcaster.telemetry.Rounds;
import io.broadcaster.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A running sender. {@link #close} drains: no more receives, batches in flight finish within {@code sender.drain-time} and
 * are recorded, the rest is given back; then it leaves the registry and closes what stands around it in the order given.
 */
public final class SenderProcess implements AutoCloseable {
    private final SenderConfig config;
    private final Ports ports;
    private final Surroundings around;
    private final Senders senders;
    private final LaunchTimings timings;
    private final SenderMeters meters;
    private final SnapshotShelf shelf;
    private final LaunchWatch launches;
    private final Map<Platform, WarmKeeper> warmth = new EnumMap<>(Platform.class);
    private final List<QueueConsumer> consumers = new ArrayList<>();
    private final Heartbeat heartbeat;
    private final Rounds campaigns;
    private final List<AutoCloseable> more = new ArrayList<>();
    private volatile Runnable beat = () -> {};

    /** The stores and queues that a sender works with. */
    public record Ports(
            CampaignStore campaigns,
            ObjectStore objects,
            LedgerStore ledger,
            ProgressStore progress,
            WorkerRegistry workers,
            ProofStore proofs,
            TestDeviceStore testDevices,
            Function<QueueName, TaskQueue> queue) {}

    /** Who this worker is, where its meters go, time and chance, and what its heartbeats tell of the process. */
    public record Surroundings(
            String worker,
            String version,
            Instant startedAt,
            MeterRegistry registry,
            InstantSource clock,
            RandomGenerator random,
            Supplier<WorkerVitals> vitals) {
        /** This process as its telemetry knows it. */
        static Surroundings of(
                Telemetry telemetry, InstantSource clock, RandomGenerator random, Supplier<WorkerVitals> vitals) {
            return new Surroundings(
                    telemetry.worker(),
                    telemetry.version(),
                    telemetry.startedAt(),
                    telemetry.registry(),
                    clock,
                    random,
                    vitals);
        }
    }

    /**
     * What a sender sends with: {@code launches}, and {@code proofs}, which go through the vendors' libraries so that they
     * have accepted the very payload that is armed. The two may be the same.
     */
    public record Senders(Map<Platform, BatchSender> launches, Map<Platform, BatchSender> proofs) {
        public Senders {
            launches = Map.copyOf(launches);
            proofs = Map.copyOf(proofs);
        }

        /** Each of them once, whatever it sends. */
        List<BatchSender> distinct() {
            return Stream.of(launches, proofs)
                    .flatMap(each -> each.values().stream())
                    .distinct()
                    .toList();
        }
    }

    /** Starts receiving at once. The senders belong to the process from here on. */
    public static SenderProcess start(SenderConfig config, Ports ports, Senders senders, Surroundings around) {
        return new SenderProcess(config, ports, senders, around);
    }

    /** The pipeline, read from the bottom: received, looked up in the ledger, sent, recorded, its message deleted. */
    private SenderProcess(SenderConfig config, Ports ports, Senders senders, Surroundings around) {
        this.config = config;
        this.ports = ports;
        this.around = around;
        this.senders = senders;
        SenderConfig.Intervals intervals = config.intervals();
        InstantSource clock = around.clock();
        meters = new SenderMeters(around.registry());
        timings = new LaunchTimings(ports.progress(), around.worker(), clock, intervals.progress());
        timings.bindTo(around.registry());
        shelf = new SnapshotShelf(
                ports.objects(), config.snapshotMemory(), config.snapshotParallelism(), clock, this::changed);
        meters.bindShelf(shelf);
        launches = new LaunchWatch(ports.campaigns(), intervals.abort(), clock);
        senders.launches()
                .forEach((platform, sender) -> warmth.put(
                        platform, WarmKeeper.start(platform, sender, clock, around.registry(), this::changed)));
        Map<Platform, BatchDrive> drives = drives();
        heartbeat = Heartbeat.start(
                ports.workers(), around.registry(), this::status, around.vitals(), intervals.heartbeat());
        beat = heartbeat::now;
        campaigns = Rounds.start(
                "campaign-watch",
                intervals.watch(),
                around.registry(),
                new CampaignWatch(ports.campaigns(), shelf)::look);
        startConsumers(drives);
    }

    private Map<Platform, BatchDrive> drives() {
        var drives = new EnumMap<Platform, BatchDrive>(Platform.class);
        senders.launches().forEach((platform, sender) -> {
            var gate = new ThrottleGate(around.clock());
            meters.bindSender(platform, sender, gate);
            // FCM's 429 is about the project's quota, APNs' about one device
            Optional<ThrottleGate> shared = switch (platform) {
                case IOS -> Optional.empty();
                case ANDROID -> Optional.of(gate);
            };
            drives.put(platform, new BatchDrive(sender, config.retry(), shared, around.random(), around.clock()));
        });
        return drives;
    }

    /** A proof is one request: no quota is held back for it. */
    private Map<Platform, BatchDrive> proofDrives() {
        var drives = new EnumMap<Platform, BatchDrive>(Platform.class);
        senders.proofs()
                .forEach((platform, sender) -> drives.put(
                        platform,
                        new BatchDrive(sender, config.retry(), Optional.empty(), around.random(), around.clock())));
        return drives;
    }

    private void startConsumers(Map<Platform, BatchDrive> drives) {
        var ledger =
                new Ledger(ports.ledger(), around.worker(), config.intervals().ledgerLease());
        var shared = new BatchHandler.Shared(
                new ShelfSnapshots(shelf, ports.campaigns(), config.intervals().snapshotWait(), around.clock()),
                new Settlement(ledger, ports.ledger(), around.random(), around.clock(), meters),
                launches,
                timings,
                meters,
                around.clock());
        drives.forEach((platform, drive) -> {
            var handler = new BatchHandler(platform, drive, shared);
            meters.bindClaims(platform, handler);
            consume(QueueName.batches(platform), config.consumer(), handler);
        });
        var stores = new ProofHandler.Stores(ports.campaigns(), ports.objects(), ports.proofs(), ports.testDevices());
        consume(QueueName.PROOFS, config.proofs(), new ProofHandler(stores, proofDrives(), around.clock()));
    }

    private void consume(QueueName name, ConsumerConfig bounds, MessageHandler handler) {
        var telemetry = new ConsumerTelemetry(name);
        var consumer = new QueueConsumer(ports.queue().apply(name), bounds, around.clock(), around.random(), telemetry);
        telemetry.bind(around.registry(), consumer);
        consumers.add(consumer);
        consumer.start(handler);
    }

    /** Hands over what shall close last, first given first closed. */
    SenderProcess closing(AutoCloseable... others) {
        more.addAll(List.of(others));
        return this;
    }

    /** What the heartbeat tells beside the vitals. */
    public WorkerStatus status() {
        boolean warm = warmth.values().stream().allMatch(WarmKeeper::warm);
        return new WorkerStatus(
                around.worker(),
                WorkerRole.SENDER,
                around.version(),
                around.startedAt(),
                around.clock().instant(),
                shelf.readiness(warm),
                senders.launches().values().stream()
                        .mapToInt(BatchSender::connections)
                        .sum(),
                senders.launches().values().stream()
                        .mapToInt(BatchSender::outstanding)
                        .sum(),
                WorkerVitals.UNKNOWN);
    }

    private void changed() {
        beat.run();
    }

    @Override
    public void close() {
        drain();
        var closing = new ArrayList<AutoCloseable>();
        closing.add(campaigns);
        closing.add(launches);
        closing.add(heartbeat);
        closing.addAll(warmth.values());
        closing.addAll(senders.distinct());
        closing.add(shelf);
        closing.add(timings);
        closing.addAll(more);
        Closing.all(closing);
    }

    /** All at once, so that the drain time counts once. */
    private void drain() {
        var threads = consumers.stream()
                .map(consumer -> Thread.ofVirtual().name("drain").start(consumer::close))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
