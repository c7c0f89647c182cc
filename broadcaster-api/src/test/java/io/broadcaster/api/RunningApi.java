package io.broadcaster.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.api.ApiProcess.Surroundings;
import io.broadcaster.api.http.Route;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.Phase;
import io.broadcaster.delivery.WorkerStatus.SnapshotReadiness;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.testkit.FakeCampaignStore;
import io.broadcaster.testkit.FakeLedgerStore;
import io.broadcaster.testkit.FakeLoadProgressStore;
import io.broadcaster.testkit.FakeObjectStore;
import io.broadcaster.testkit.FakeProgressStore;
import io.broadcaster.testkit.FakeProofStore;
import io.broadcaster.testkit.FakeTaskQueue;
import io.broadcaster.testkit.FakeTestDeviceStore;
import io.broadcaster.testkit.FakeWorkerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A whole API process on a port of its own, over fakes, and a client that speaks to it as {@code ada}. */
public final class RunningApi implements AutoCloseable {
    public static final String AUTHOR = "ada";
    private static final ObjectMapper JSON = new ObjectMapper();

    public final InstantSource clock = InstantSource.system();
    public final FakeCampaignStore campaigns = new FakeCampaignStore();
    public final FakeLedgerStore ledger = new FakeLedgerStore();
    public final FakeProgressStore progress = new FakeProgressStore();
    public final FakeWorkerRegistry workers = new FakeWorkerRegistry();
    public final FakeProofStore proofs = new FakeProofStore();
    public final FakeTestDeviceStore testDevices = new FakeTestDeviceStore();
    public final FakeLoadProgressStore loadProgress = new FakeLoadProgressStore();
    public final FakeObjectStore objects = new FakeObjectStore();
    public final Map<QueueName, FakeTaskQueue> queues = new EnumMap<>(QueueName.class);
    public final HttpClient client = HttpClient.newHttpClient();
    private final Surroundings surroundings;
    private final ApiConfig config;
    private final ApiProcess process;

    private RunningApi(Map<String, String> settings) {
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
                objects,
                Map.<QueueName, TaskQueue>copyOf(queues));
        surroundings = new Surroundings(ports, clock, new SplittableRandom(1), (_, _) -> {}, new SimpleMeterRegistry());
        config = ApiConfig.from(Settings.of(Map.of("api.port", "0")).with(settings));
        process = ApiProcess.start(config, surroundings, List.of());
    }

    public static RunningApi start() {
        return new RunningApi(Map.of());
    }

    public static RunningApi start(Map<String, String> settings) {
        return new RunningApi(settings);
    }

    public URI uri() {
        return process.uri();
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

    /** A request of ada's to a path. */
    public HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(uri().resolve(path)).header("Broadcaster-User", AUTHOR);
    }

    public Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Reply get(String path) {
        return send(to(path).GET());
    }

    public Reply post(String path) {
        return send(to(path).POST(BodyPublishers.noBody()));
    }

    public Reply post(String path, String json) {
        return send(to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public Reply put(String path, String json) {
        return send(to(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    public Reply postAs(String user, String path) {
        return send(HttpRequest.newBuilder(uri().resolve(path))
                .header("Broadcaster-User", user)
                .POST(BodyPublishers.noBody()));
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
                worker, WorkerRole.SENDER, "test", clock.instant(), clock.instant(), List.of(readiness), 4, 0));
    }

    @Override
    public void close() {
        client.close();
        process.close();
    }

    /** An answer as text. */
    public record Reply(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body());
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
