package io.broadcaster.cli.measure;

import io.broadcaster.api.ApiProcess;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.campaign.ArmTerms;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.campaign.StateName;
import io.broadcaster.campaign.Window;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.Stage;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.Phase;
import io.broadcaster.delivery.WorkerStatus.SnapshotReadiness;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.delivery.WorkerVitals;
import io.broadcaster.fanout.FanoutProcess;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import io.broadcaster.task.ConsumerConfig;
import io.broadcaster.task.Handling;
import io.broadcaster.task.QueueConsumer;
import io.broadcaster.task.QueueName;
import io.broadcaster.telemetry.LaunchProgress;
import io.broadcaster.testkit.Await;
import io.broadcaster.testkit.Fixtures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Measures press → answer, first slice sent, first batch sent, first batch received, over launches of 4M devices: a whole
 * API, a whole fan-out worker and two consumers like a sender's over the local cloud in one JVM. Not a test:
 * {@code java … io.broadcaster.cli.measure.PressRounds [warm launches] [measured launches]}.
 */
final class PressRounds {
    private static final SnapshotSummary SNAPSHOT = Fixtures.snapshot(2_000_000, 2_000_000);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int ROUND_SECONDS_MAX = 60;
    private static final double MILLION = 1e6;

    private final AwsCloud cloud;
    private final URI api;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicReference<CountDownLatch> awaited = new AtomicReference<>(new CountDownLatch(0));
    private final AtomicLong firstNanos = new AtomicLong();

    private PressRounds(AwsCloud cloud, URI api) {
        this.cloud = cloud;
        this.api = api;
    }

    /** Milliseconds from the press; the two in the middle by the workers' own clocks. */
    private record Round(double answered, double sliceSent, double batchSent, double batchReceived) {}

    public static void main(String[] args) throws Exception {
        int warm = args.length > 0 ? Integer.parseInt(args[0]) : 15;
        int measured = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        try (LocalCloud local = LocalCloud.start(LocalCloudConfig.ephemeral())) {
            Settings settings = settings(local);
            try (AwsCloud cloud = AwsCloud.connect(CloudConfig.from(settings))) {
                cloud.provisioner().provision();
                try (ApiProcess api = io.broadcaster.api.Main.start(settings);
                        FanoutProcess _ = io.broadcaster.fanout.Main.start(settings)) {
                    new PressRounds(cloud, api.uri()).run(warm, measured);
                }
            }
        }
    }

    private void run(int warm, int measured) throws Exception {
        var consumers = new ArrayList<QueueConsumer>();
        var rounds = new ArrayList<Round>();
        try {
            for (Platform platform : Platform.values()) {
                consumers.add(consumer(platform));
            }
            for (int i = 0; i < warm + measured; i++) {
                Round round = round("press-round-" + i);
                System.out.printf(
                        Locale.ROOT,
                        "%s %2d: answered %.1f, first slice sent %.1f, first batch sent %.1f, received %.1f ms%n",
                        i < warm ? "warm-up" : "launch ",
                        i + 1,
                        round.answered(),
                        round.sliceSent(),
                        round.batchSent(),
                        round.batchReceived());
                if (i >= warm) {
                    rounds.add(round);
                }
            }
        } finally {
            consumers.forEach(QueueConsumer::close);
        }
        print("answered", rounds.stream().map(Round::answered).toList());
        print("first slice sent", rounds.stream().map(Round::sliceSent).toList());
        print("first batch sent", rounds.stream().map(Round::batchSent).toList());
        print("first batch received", rounds.stream().map(Round::batchReceived).toList());
    }

    private Round round(String name) throws Exception {
        var batches = new CountDownLatch(SNAPSHOT.batches());
        awaited.set(batches);
        firstNanos.set(0);
        Campaign armed = armed(new CampaignId(name), SNAPSHOT);
        var _ = cloud.campaigns().create(armed);
        readySender(cloud, SNAPSHOT);
        Thread.sleep(
                1_500); // the API's view of the fleet is refreshed twice a second; and it is quiet before an advert

        long pressed = System.nanoTime();
        var answer = http.send(
                HttpRequest.newBuilder(api.resolve("/campaigns/" + name + "/go"))
                        .header("Authorization", MeasureIssuer.MARY)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        long answered = System.nanoTime();
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("the press was answered " + answer.statusCode() + ": " + answer.body());
        }
        if (!batches.await(ROUND_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IllegalStateException(batches.getCount() + " batches did not come");
        }
        LaunchProgress progress = progress(armed);
        return new Round(
                (answered - pressed) / MILLION,
                progress.min(Stage.SLICE_SENT),
                progress.min(Stage.BATCH_SENT),
                (firstNanos.get() - pressed) / MILLION);
    }

    /** What the workers have written of the launch, once it is all there. */
    private LaunchProgress progress(Campaign campaign) {
        Await.until(
                "the workers have reported",
                () -> LaunchProgress.merge(cloud.progress().read(campaign.launchId()))
                                .count(Stage.BATCH_SENT)
                        == SNAPSHOT.batches());
        return LaunchProgress.merge(cloud.progress().read(campaign.launchId()));
    }

    private QueueConsumer consumer(Platform platform) {
        var config = new ConsumerConfig(4, 64, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(5));
        var consumer = new QueueConsumer(
                cloud.queue(QueueName.batches(platform)),
                config,
                CLOCK,
                new SecureRandom(),
                (step, cause) -> System.out.println(step + " failed: " + cause));
        consumer.start((_, _) -> {
            firstNanos.compareAndSet(0, System.nanoTime());
            awaited.get().countDown();
            return Handling.DONE;
        });
        return consumer;
    }

    /** Tells of a sender that holds this snapshot, warm. */
    static void readySender(AwsCloud cloud, SnapshotSummary snapshot) {
        Instant now = CLOCK.instant();
        var readiness = new SnapshotReadiness("any", 1, snapshot.manifestSha256(), Phase.READY, "");
        cloud.workers()
                .heartbeat(new WorkerStatus(
                        "measured-sender",
                        WorkerRole.SENDER,
                        "test",
                        now,
                        now,
                        List.of(readiness),
                        4,
                        0,
                        WorkerVitals.UNKNOWN));
    }

    /** A campaign that waits for nothing but the press. */
    static Campaign armed(CampaignId id, SnapshotSummary snapshot) {
        Campaign fixture = Fixtures.campaign(id, StateName.ARMED);
        Armed armed = (Armed) fixture.state();
        Instant now = CLOCK.instant();
        var window = new Window(now.minus(Duration.ofMinutes(1)), now.plus(Duration.ofMinutes(30)));
        return new Campaign(
                id,
                fixture.revision(),
                0,
                fixture.spec(),
                fixture.audience(),
                new Armed(snapshot, armed.approvals(), ArmTerms.anybody(window), armed.armedBy(), now),
                fixture.authors(),
                now,
                now);
    }

    private static void print(String stage, List<Double> millis) {
        var sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%-20s min %.1f, median %.1f, max %.1f ms of %d launches%n",
                stage,
                sorted.getFirst(),
                sorted.get(sorted.size() / 2),
                sorted.getLast(),
                sorted.size());
    }

    /** Settings that lead to this cloud, with free ports. */
    static Settings settings(LocalCloud local) {
        return Settings.of(Map.of(
                        "cloud.sqs-endpoint", local.sqsEndpoint().toString(),
                        "cloud.dynamodb-endpoint", local.dynamoDbEndpoint().toString(),
                        "cloud.s3-endpoint", local.s3Endpoint().toString(),
                        "cloud.access-key", local.accessKeyId(),
                        "cloud.secret-key", local.secretAccessKey(),
                        "telemetry.port", "0",
                        "api.port", "0",
                        "api.heartbeat-age-max", "1m"))
                .with(MeasureIssuer.settings());
    }
}
