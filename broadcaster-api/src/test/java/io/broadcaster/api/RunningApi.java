package io.broadcaster.api;

import io.broadcaster.api.ApiProcess.Surroundings;
import io.broadcaster.api.Client.Reply;
import io.broadcaster.api.http.Route;
import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.ProviderKey;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.Phase;
import io.broadcaster.delivery.WorkerStatus.SnapshotReadiness;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.delivery.WorkerVitals;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.testkit.FakeAuditStore;
import io.broadcaster.testkit.FakeCampaignStore;
import io.broadcaster.testkit.FakeLedgerStore;
import io.broadcaster.testkit.FakeLoadProgressStore;
import io.broadcaster.testkit.FakeObjectStore;
import io.broadcaster.testkit.FakeProgressStore;
import io.broadcaster.testkit.FakeProofStore;
import io.broadcaster.testkit.FakeSessionEndStore;
import io.broadcaster.testkit.FakeTaskQueue;
import io.broadcaster.testkit.FakeTestDeviceStore;
import io.broadcaster.testkit.FakeWorkerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** A whole API process on a port of its own, over fakes, and a client that speaks to it as {@code ada}. */
public final class RunningApi implements AutoCloseable {
    private static final Duration TOKEN_AGE = Duration.ofMinutes(10);

    public final InstantSource clock = InstantSource.system();
    public final FakeCampaignStore campaigns = new FakeCampaignStore();
    public final FakeLedgerStore ledger = new FakeLedgerStore();
    public final FakeProgressStore progress = new FakeProgressStore();
    public final FakeWorkerRegistry workers = new FakeWorkerRegistry();
    public final FakeProofStore proofs = new FakeProofStore();
    public final FakeTestDeviceStore testDevices = new FakeTestDeviceStore();
    public final FakeLoadProgressStore loadProgress = new FakeLoadProgressStore();
    public final FakeAuditStore audit = new FakeAuditStore();
    public final FakeSessionEndStore sessionEnds;
    public final FakeObjectStore objects = new FakeObjectStore();
    public final Map<QueueName, FakeTaskQueue> queues = new EnumMap<>(QueueName.class);
    public final Client client;
    private final Surroundings surroundings;
    private final ApiConfig config;
    private final ApiProcess process;

    private RunningApi(Map<String, String> settings, FakeSessionEndStore sessionEnds) {
        this.sessionEnds = sessionEnds;
        for (QueueName name : QueueName.values()) {
            queues.put(name, new FakeTaskQueue(clock));
        }
        var ports = new ApiPorts(
                campaigns,
                ledger,
                progress,
                workers,
                proofs,
                testDevices,
                loadProgress,
                audit,
                sessionEnds,
                objects,
                Map.<QueueName, TaskQueue>copyOf(queues),
                queues.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().deadLetters())));
        surroundings = new Surroundings(ports, clock, new SplittableRandom(1), (_, _) -> {}, new SimpleMeterRegistry());
        config = ApiConfig.from(Settings.of(Map.of(
                        "api.port", "0", "api.failures-per-minute", "1000000", "api.costly-acts-per-minute", "1000000"))
                .with(TestIssuer.settings())
                .with(settings));
        process = ApiProcess.start(config, surroundings, List.of());
        client = new Client(process.uri());
    }

    public static RunningApi start() {
        return start(Map.of());
    }

    public static RunningApi start(Map<String, String> settings) {
        return new RunningApi(settings, new FakeSessionEndStore());
    }

    /** Another process beside this one, of the same settings, with the same sessions. */
    public RunningApi another(Map<String, String> settings) {
        return new RunningApi(settings, sessionEnds);
    }

    public URI uri() {
        return process.uri();
    }

    public MeterRegistry registry() {
        return surroundings.registry();
    }

    /** Every route that a process serves. */
    public List<Route> routes() {
        try (Threads threads = Threads.open()) {
            var wiring = new Wiring(config, surroundings, threads, new ApiMeters(new SimpleMeterRegistry()));
            return wiring.routes().stream()
                    .flatMap(set -> set.routes().stream())
                    .toList();
        }
    }

    public HttpRequest.Builder to(String path) {
        return client.to(path);
    }

    public Reply send(HttpRequest.Builder request) {
        return client.send(request);
    }

    public Reply get(String path) {
        return client.get(path);
    }

    public Reply post(String path) {
        return client.post(path);
    }

    public Reply post(String path, String json) {
        return client.post(path, json);
    }

    public Reply put(String path, String json) {
        return client.put(path, json);
    }

    public Reply postAs(String user, String path) {
        return client.postAs(user, path);
    }

    public Reply postAs(String user, String path, String json) {
        return client.postAs(user, path, json);
    }

    public Campaign stored(String id) {
        return campaigns.find(new CampaignId(id)).orElseThrow();
    }

    /** Plays the loader: the campaign, which is loading, becomes loaded. */
    public Campaign loaded(String id, SnapshotSummary snapshot) {
        return write(((Move.Moved) Moves.loaded(stored(id), snapshot, clock.instant())).campaign());
    }

    public Campaign write(Campaign campaign) {
        return ((Written) campaigns.replace(campaign)).campaign();
    }

    /** Plays a sender that holds the snapshot. */
    public void readySender(String worker, String manifestSha256) {
        var readiness = new SnapshotReadiness("any", 1, manifestSha256, Phase.READY, "");
        workers.heartbeat(new WorkerStatus(
                worker,
                WorkerRole.SENDER,
                "test",
                clock.instant(),
                clock.instant(),
                List.of(readiness),
                4,
                0,
                vitals()));
    }

    private WorkerVitals vitals() {
        List<ProviderKey> keys = Arrays.stream(Platform.values())
                .map(platform -> new ProviderKey(
                        platform,
                        "key-of-" + platform.wireName(),
                        ProviderKey.Phase.IN_USE,
                        "",
                        Optional.of(clock.instant().minus(TOKEN_AGE))))
                .toList();
        return new WorkerVitals(0.25, 1 << 28, 1 << 30, Optional.of(Duration.ofMillis(-300)), keys);
    }

    /** Ends it, and does not wait: a server's acceptor is quiet for two seconds before it ends. */
    @Override
    public void close() {
        client.close();
        Thread.ofVirtual().name("closing-api").start(process::close);
    }
}
