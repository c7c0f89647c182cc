package io.broadcaster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.Client.Reply;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.ContentHash;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.delivery.WorkerProgress;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.Phase;
import io.broadcaster.delivery.WorkerStatus.SnapshotReadiness;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.delivery.WorkerVitals;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.SliceTask;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two API processes as they are deployed, over the real adapters and the local cloud; the test plays all workers. */
final class ApiIT {
    private static final CampaignId ID = new CampaignId("advert");
    private static final String MANIFEST = "5f".repeat(32);

    @Test
    void twoProcesses_overTheRealAdapters_launchOnceAndComplete() throws Exception {
        try (LocalCloud local = LocalCloud.start(LocalCloudConfig.ephemeral())) {
            Settings settings = settings(local);
            try (AwsCloud cloud = AwsCloud.connect(CloudConfig.from(settings))) {
                cloud.provisioner().provision();
                try (ApiProcess one = Main.start(settings);
                        ApiProcess two = Main.start(settings);
                        Client first = new Client(one.uri());
                        Client second = new Client(two.uri())) {
                    prepare(cloud, first);
                    arm(cloud, first, second);
                    String launch = pressAtOnce(List.of(first, second), 32);
                    List<SliceTask> slices = receiveSlices(cloud);

                    assertThat(slices.stream().map(SliceTask::messageId))
                            .doesNotHaveDuplicates()
                            .hasSize(50);
                    assertThat(slices).allMatch(slice -> slice.launch().dispatch() == 0);
                    settle(cloud, slices);
                    Eventually.eventually(() -> assertThat(state(second)).isEqualTo("COMPLETED"));
                    assertThat(first.post("/campaigns/advert/go").body()).isEqualTo(launch);
                    assertThat(second.get("/campaigns/advert/status")
                                    .json()
                                    .at("/progress/total/accepted")
                                    .asLong())
                            .isEqualTo(100);
                    Eventually.eventually(() -> assertThat(first.get("/campaigns/advert/status")
                                    .json()
                                    .at("/progress/stages/0/count")
                                    .asLong())
                            .as("slices timed by the process that sent them")
                            .isEqualTo(50));
                }
            }
        }
    }

    private static void prepare(AwsCloud cloud, Client client) {
        assertThat(client.post("/campaigns", CAMPAIGN).status()).isEqualTo(201);
        byte[] audience = "user-0123456789\n".repeat(700_000).getBytes(StandardCharsets.UTF_8);
        Reply uploaded = client.send(client.to("/campaigns/advert/audience")
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofByteArray(audience)));
        assertThat(uploaded.status()).as(uploaded.body()).isEqualTo(200);
        var stored = (AudienceSource.Stored) campaign(cloud).audience();
        assertThat(cloud.objects().size(stored.key())).hasValue(audience.length);
        assertThat(client.post("/campaigns/advert/load").status()).isEqualTo(202);
        assertThat(receive(cloud, QueueName.LOADS)).isEqualTo("load/1 campaign=advert revision=2");
        Campaign loading = campaign(cloud);
        var snapshot = new SnapshotSummary(
                "campaigns/advert/2/manifest.json",
                MANIFEST,
                ContentHash.of(loading.spec()),
                100,
                50,
                0,
                0,
                new LoadCounts(100, 100, 0, 0, 100, 0));
        write(cloud, Moves.loaded(loading, snapshot, now()));
    }

    private static void arm(AwsCloud cloud, Client first, Client second) {
        assertThat(second.postAs(
                                "grace",
                                "/campaigns/advert/approve",
                                "{\"revision\":2,\"seen\":[\"ios/en\",\"android/en\"]}")
                        .status())
                .isEqualTo(200);
        first.put("/test-devices/phone", "{\"platform\":\"ios\",\"token\":\"a1b2\",\"locale\":\"en\"}");
        assertThat(first.post("/campaigns/advert/proofs", "{\"testDevice\":\"phone\"}")
                        .status())
                .isEqualTo(202);
        String proofTask = receive(cloud, QueueName.PROOFS);
        var proof = cloud.proofs()
                .find(ID, TaskCodec.readProof(proofTask).proofId())
                .orElseThrow();
        cloud.proofs().put(proof.answered(OutcomeCode.ACCEPTED));
        String window =
                "{\"notBefore\":\"" + now().minusSeconds(60) + "\",\"notAfter\":\"" + now().plusSeconds(1_800) + "\"}";
        Reply armed = second.post("/campaigns/advert/arm", window);
        assertThat(armed.status()).as(armed.body()).isEqualTo(200);
        var readiness = new SnapshotReadiness("advert", 2, MANIFEST, Phase.READY, "");
        Eventually.eventually(() -> {
            cloud.workers()
                    .heartbeat(new WorkerStatus(
                            "sender-1",
                            WorkerRole.SENDER,
                            "test",
                            now(),
                            now(),
                            List.of(readiness),
                            1,
                            0,
                            WorkerVitals.UNKNOWN));
            for (Client client : List.of(first, second)) {
                assertThat(client.get("/campaigns/advert/status")
                                .json()
                                .at("/senders/ready")
                                .asInt())
                        .isEqualTo(1);
            }
        });
    }

    private static String pressAtOnce(List<Client> clients, int times) throws Exception {
        var presses = new ArrayList<Callable<Reply>>();
        for (int i = 0; i < times; i++) {
            Client client = clients.get(i % clients.size());
            String presser = "presser-" + i;
            presses.add(() -> client.postAs(presser, "/campaigns/advert/go"));
        }
        var bodies = new HashSet<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Reply> press : threads.invokeAll(presses)) {
                assertThat(press.resultNow().status())
                        .as(press.resultNow().body())
                        .isEqualTo(200);
                bodies.add(press.resultNow().body());
            }
        }
        assertThat(bodies).hasSize(1);
        return bodies.iterator().next();
    }

    private static List<SliceTask> receiveSlices(AwsCloud cloud) {
        TaskQueue queue = cloud.queue(QueueName.SLICES);
        var slices = new ArrayList<SliceTask>();
        Eventually.eventually(() -> {
            queue.receive(10, Duration.ofSeconds(1), Duration.ofMinutes(5), UUID.randomUUID()).stream()
                    .map(received -> TaskCodec.readSlice(received.body()))
                    .forEach(slices::add);
            assertThat(slices).hasSizeGreaterThanOrEqualTo(50);
        });
        return slices;
    }

    private static void settle(AwsCloud cloud, List<SliceTask> slices) {
        for (SliceTask slice : slices) {
            byte[] outcomes = new byte[2];
            Arrays.fill(outcomes, OutcomeCode.ACCEPTED.code());
            var key = new BatchKey(slice.launch().id(), Platform.IOS, slice.firstBatch());
            var row = new LedgerRow(key, 1, "sender-1", now(), outcomes, now(), now(), List.of());
            cloud.ledger().write(row, LedgerStore.ABSENT);
        }
        var accepted = new OutcomeCounts();
        accepted.add(OutcomeCode.ACCEPTED, 2L * slices.size());
        LaunchId launch = slices.getFirst().launch().id();
        cloud.progress().write(new WorkerProgress(launch, "sender-1", Map.of(Platform.IOS, accepted), Map.of(), now()));
    }

    private static String state(Client client) {
        return client.get("/campaigns/advert").json().path("state").asText();
    }

    private static String receive(AwsCloud cloud, QueueName name) {
        TaskQueue queue = cloud.queue(name);
        var received = queue.receive(1, Duration.ofSeconds(10), Duration.ofMinutes(5), UUID.randomUUID());
        return received.getFirst().body();
    }

    private static Campaign campaign(AwsCloud cloud) {
        return cloud.campaigns().find(ID).orElseThrow();
    }

    private static void write(AwsCloud cloud, Move move) {
        assertThat(cloud.campaigns().replace(((Move.Moved) move).campaign())).isInstanceOf(Written.class);
    }

    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }

    private static Settings settings(LocalCloud local) {
        return Settings.of(Map.of(
                        "cloud.region", local.region(),
                        "cloud.dynamodb-endpoint", local.dynamoDbEndpoint().toString(),
                        "cloud.sqs-endpoint", local.sqsEndpoint().toString(),
                        "cloud.s3-endpoint", local.s3Endpoint().toString(),
                        "cloud.access-key", local.accessKeyId(),
                        "cloud.secret-key", local.secretAccessKey(),
                        "api.port", "0",
                        "telemetry.port", "0"))
                .with(TestIssuer.settings());
    }

    private static final String CAMPAIGN = """
            {"id":"advert","name":"Big game advert","expiry":"PT1H","defaultLocale":"en",
             "contents":[{"locale":"en","title":"Kick-off","body":"Open the app now"}]}""";
}
