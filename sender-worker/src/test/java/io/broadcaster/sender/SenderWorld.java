package io.broadcaster.sender;

import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.campaign.Approval;
import io.broadcaster.campaign.ArmTerms;
import io.broadcaster.campaign.Authors;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignStore.WriteResult;
import io.broadcaster.campaign.ContentHash;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.Dispatch;
import io.broadcaster.campaign.Launch;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.campaign.StateName;
import io.broadcaster.campaign.Window;
import io.broadcaster.config.SecretPlace;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.Reconciliation;
import io.broadcaster.delivery.WorkerVitals;
import io.broadcaster.sender.SenderConfig.Intervals;
import io.broadcaster.sender.SenderConfig.Transport;
import io.broadcaster.sender.provider.apns.ApnsConfig;
import io.broadcaster.sender.provider.fcm.FcmConfig;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.sender.send.RetryPolicy;
import io.broadcaster.snapshot.ColumnWriter;
import io.broadcaster.snapshot.ManifestJson;
import io.broadcaster.snapshot.payload.Variants;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.ConsumerConfig;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.testkit.FakeCampaignStore;
import io.broadcaster.testkit.FakeLedgerStore;
import io.broadcaster.testkit.FakeObjectStore;
import io.broadcaster.testkit.FakeProgressStore;
import io.broadcaster.testkit.FakeProofStore;
import io.broadcaster.testkit.FakeTaskQueue;
import io.broadcaster.testkit.FakeTestDeviceStore;
import io.broadcaster.testkit.FakeWorkerRegistry;
import io.broadcaster.testkit.Fixtures;
import io.broadcaster.testkit.ForwardingCampaignStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Everything around a sender, in memory, in real time: a launched campaign, its snapshot, queues, ledger, providers. */
final class SenderWorld {
    static final int BATCH_SIZE = 10;

    final FakeObjectStore objects = new FakeObjectStore();
    final FakeCampaignStore campaigns = new FakeCampaignStore();
    final FakeLedgerStore ledger = new FakeLedgerStore();
    /** What the sender has found its campaign to be. */
    final Set<StateName> found = ConcurrentHashMap.newKeySet();

    final FakeProgressStore progress = new FakeProgressStore();
    final FakeWorkerRegistry workers = new FakeWorkerRegistry();
    final FakeProofStore proofs = new FakeProofStore();
    final FakeTestDeviceStore testDevices = new FakeTestDeviceStore();
    final Map<QueueName, FakeTaskQueue> queues = new EnumMap<>(QueueName.class);
    final ScriptedSender apns = new ScriptedSender(Platform.IOS);
    final ScriptedSender fcm = new ScriptedSender(Platform.ANDROID);
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final CampaignSpec spec;
    final SnapshotSummary snapshot;
    final LaunchFacts launch;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    SenderWorld(DeliveryPolicy policy, int ios, int android, Duration notAfter) {
        spec = Fixtures.spec(policy);
        for (QueueName name : QueueName.values()) {
            queues.put(name, new FakeTaskQueue(InstantSource.system()));
        }
        LaunchId id = LaunchId.of(Fixtures.CAMPAIGN, 1);
        snapshot = write(id, ios, android);
        launch = new LaunchFacts(id, Fixtures.CAMPAIGN, 1, 0, policy, now, now.plus(notAfter));
        var approvals = List.of(new Approval("grace", now, snapshot.contentHash()));
        var window = new Window(now.minusSeconds(600), now.minusSeconds(600).plus(Duration.ofHours(1)));
        var armed = new Armed(snapshot, approvals, ArmTerms.anybody(window), "mary", now);
        var pressed = new Launch(id, Fixtures.CAMPAIGN, 1, "mary", now, 50, snapshot.batches());
        campaigns.create(new Campaign(
                Fixtures.CAMPAIGN,
                1,
                0,
                spec,
                Fixtures.audience(),
                new Launched(armed, pressed, new Dispatch.Sent(0, now)),
                Authors.of("ada"),
                now,
                now));
    }

    static SenderWorld atLeastOnce(int ios, int android) {
        return new SenderWorld(DeliveryPolicy.AT_LEAST_ONCE, ios, android, Duration.ofMinutes(5));
    }

    SenderProcess start(String worker) {
        return start(worker, 1L << 30);
    }

    SenderProcess start(String worker, long snapshotMemory) {
        var watched = new ForwardingCampaignStore(campaigns) {
            @Override
            public Optional<Campaign> find(CampaignId id) {
                Optional<Campaign> campaign = super.find(id);
                campaign.ifPresent(one -> found.add(one.state().name()));
                return campaign;
            }
        };
        var ports =
                new SenderProcess.Ports(watched, objects, ledger, progress, workers, proofs, testDevices, this::queue);
        Map<Platform, BatchSender> both = Map.of(Platform.IOS, apns, Platform.ANDROID, fcm);
        return SenderProcess.start(
                config(snapshotMemory),
                ports,
                new SenderProcess.Senders(both, both),
                new SenderProcess.Surroundings(
                        worker,
                        "test",
                        Instant.now(),
                        registry,
                        InstantSource.system(),
                        new Random(7),
                        () -> WorkerVitals.UNKNOWN));
    }

    FakeTaskQueue queue(QueueName name) {
        FakeTaskQueue queue = queues.get(name);
        if (queue == null) {
            throw new IllegalStateException("no queue " + name);
        }
        return queue;
    }

    /** Puts every batch into tier 2, as fan-out does. */
    void enqueueAll(boolean mayRepeat) {
        for (Platform platform : Platform.values()) {
            for (int batch = 0; batch < snapshot.batches(platform); batch++) {
                enqueue(platform, batch, mayRepeat);
            }
        }
    }

    void enqueue(Platform platform, int batch, boolean mayRepeat) {
        var task = new BatchTask(launch, platform, batch, mayRepeat);
        queue(QueueName.batches(platform)).send(List.of(new Outgoing(task.messageId(), TaskCodec.write(task))));
    }

    void abort() {
        Campaign current = campaigns.find(Fixtures.CAMPAIGN).orElseThrow();
        Move move = Moves.abort(current, "mary", Instant.now());
        if (!(move instanceof Move.Moved(Campaign aborted))
                || !(campaigns.replace(aborted) instanceof WriteResult.Written)) {
            throw new IllegalStateException("abort refused: " + move);
        }
    }

    Reconciliation reconciliation() {
        return Reconciliation.of(launch.id(), snapshot, ledger);
    }

    BatchKey key(Platform platform, int batch) {
        return new BatchKey(launch.id(), platform, batch);
    }

    private static SenderConfig config(long snapshotMemory) {
        return new SenderConfig(
                Transport.LIBRARY,
                1,
                new ConsumerConfig(2, 16, Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofMillis(300)),
                snapshotMemory,
                2,
                new RetryPolicy(4, 2, Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofMinutes(1)),
                new Intervals(
                        Duration.ofMillis(50),
                        Duration.ofMillis(50),
                        Duration.ofMillis(50),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30)),
                0,
                new ApnsConfig(
                        URI.create("https://localhost:1"),
                        "topic",
                        "team",
                        "key",
                        new SecretPlace.InFile(Path.of("none")),
                        Optional.empty(),
                        1,
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1)),
                new FcmConfig(
                        URI.create("https://localhost:1"),
                        "demo",
                        new SecretPlace.InFile(Path.of("none")),
                        Optional.empty(),
                        1,
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1)));
    }

    private SnapshotSummary write(LaunchId id, int ios, int android) {
        var variants = Variants.render(spec, id);
        var columns = new ArrayList<Manifest.Column>();
        columns.add(column(variants, Platform.IOS, ios));
        columns.add(column(variants, Platform.ANDROID, android));
        int all = ios + android;
        var counts = new LoadCounts(all, all, 0, 0, all, 0);
        String hash = ContentHash.of(spec);
        var manifest = new Manifest(
                Fixtures.CAMPAIGN, 1, id, hash, spec.kind(), spec.expiry(), now, variants.all(), columns, counts);
        byte[] json = ManifestJson.write(manifest);
        String key = SnapshotKeys.manifest(Fixtures.CAMPAIGN, 1);
        objects.putIfAbsent(key, json);
        return new SnapshotSummary(
                key,
                ManifestJson.sha256(json),
                hash,
                ios,
                columns.get(0).batches(),
                android,
                columns.get(1).batches(),
                counts);
    }

    private Manifest.Column column(Variants variants, Platform platform, int devices) {
        try (var writer = ColumnWriter.open(objects, Fixtures.CAMPAIGN, 1, platform, BATCH_SIZE)) {
            for (int n = 0; n < devices; n++) {
                var device = Fixtures.device(platform, n, Fixtures.ENGLISH);
                writer.append(variants.choose(platform, device.locale()), Fixtures.user(n), device);
            }
            return writer.seal();
        }
    }
}
