package io.broadcaster.cli.measure;

import io.broadcaster.api.ApiProcess;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.config.Settings;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.Slicing;
import io.broadcaster.testkit.Await;
import io.broadcaster.testkit.Fixtures;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Presses each of many campaigns from all sides at once, over three APIs that share nothing but the tables, and counts the
 * launches: one each, and each of its slices once in tier 1. Not a test: {@code java …
 * io.broadcaster.cli.measure.LaunchRaces [rounds] [presses] [uri of a DynamoDB, such as DynamoDB Local]}.
 */
final class LaunchRaces {
    private static final SnapshotSummary SNAPSHOT = Fixtures.snapshot(5_000, 5_000);
    private static final int APIS = 3;
    private static final int BEAT_EVERY = 20;

    private final AwsCloud cloud;
    private final List<ApiProcess> apis;
    private final HttpClient http = HttpClient.newHttpClient();
    private int repeated;

    private LaunchRaces(AwsCloud cloud, List<ApiProcess> apis) {
        this.cloud = cloud;
        this.apis = apis;
    }

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        int presses = args.length > 1 ? Integer.parseInt(args[1]) : 64;
        try (LocalCloud local = LocalCloud.start(LocalCloudConfig.ephemeral())) {
            Settings settings = PressRounds.settings(local)
                    .with(args.length > 2 ? Map.of("cloud.dynamodb-endpoint", args[2]) : Map.of());
            var apis = new ArrayList<ApiProcess>();
            try (AwsCloud cloud = AwsCloud.connect(CloudConfig.from(settings))) {
                cloud.provisioner().provision();
                for (int i = 0; i < APIS; i++) {
                    apis.add(io.broadcaster.api.Main.start(settings));
                }
                new LaunchRaces(cloud, apis).run(rounds, presses);
            } finally {
                apis.forEach(ApiProcess::close);
            }
        }
    }

    private void run(int rounds, int presses) {
        awaitFleet();
        long began = System.nanoTime();
        int launches = 0;
        for (int round = 0; round < rounds; round++) {
            if (round % BEAT_EVERY == 0) {
                PressRounds.readySender(cloud, SNAPSHOT);
            }
            launches += race(new CampaignId("race-" + round), presses);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        long expected = (rounds + 1L) * Slicing.count(SNAPSHOT); // with the first, that showed the fleet
        Await.until(
                "every slice is in tier 1, once",
                () -> cloud.queue(QueueName.SLICES).depth().visible() == expected);
        System.out.printf(
                Locale.ROOT,
                "%,d campaigns, %d presses each over %d APIs: %,d launches, %d dispatches repeated, %,d slices in tier 1 as expected, %d s%n",
                rounds,
                presses,
                APIS,
                launches,
                repeated,
                expected,
                took.toSeconds());
    }

    /** Every API looks at the fleet by itself: from here on each has seen a sender. */
    private void awaitFleet() {
        var first = new CampaignId("first");
        var _ = cloud.campaigns().create(PressRounds.armed(first, SNAPSHOT));
        PressRounds.readySender(cloud, SNAPSHOT);
        for (ApiProcess api : apis) {
            Await.until(
                    "an API has seen the sender", () -> press(api, first).join().statusCode() == 200);
        }
    }

    private CompletableFuture<HttpResponse<String>> press(ApiProcess api, CampaignId id) {
        return http.sendAsync(
                HttpRequest.newBuilder(api.uri().resolve("/campaigns/" + id.value() + "/go"))
                        .header("Authorization", MeasureIssuer.MARY)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    /** Launch records that the pressers saw of one campaign: must be 1. */
    private int race(CampaignId id, int presses) {
        var _ = cloud.campaigns().create(PressRounds.armed(id, SNAPSHOT));
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < presses; i++) {
            answers.add(press(apis.get(i % apis.size()), id));
        }
        Set<String> records = new HashSet<>();
        for (var answer : answers) {
            HttpResponse<String> response = answer.join();
            if (response.statusCode() != 200) {
                throw new IllegalStateException(id + " was answered " + response.statusCode() + ": " + response.body());
            }
            records.add(response.body());
        }
        Campaign stored = cloud.campaigns().find(id).orElseThrow();
        if (records.size() != 1 || !(stored.state() instanceof Launched launched)) {
            throw new IllegalStateException(id + " has " + records.size() + " launch records and is " + stored.state());
        }
        repeated += launched.dispatch().ordinal();
        return records.size();
    }
}
