package io.broadcaster.loader;

import static io.broadcaster.testkit.Fixtures.CAMPAIGN;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.LoadProgress;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.audience.UserId;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.AudienceSource.Compression;
import io.broadcaster.campaign.AudienceSource.Format;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.CampaignStore.WriteResult;
import io.broadcaster.campaign.Platform;
import io.broadcaster.config.Settings;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import io.broadcaster.snapshot.DetailsReader;
import io.broadcaster.snapshot.LoadedSnapshot;
import io.broadcaster.task.LoadTask;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.testkit.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The loader as it is deployed, over the real SDK and the local cloud. */
final class LoaderIT {
    /** More with {@code -Dloader.it.users}: the log line "load sealed" then tells the rate. */
    private static final int USERS = Integer.getInteger("loader.it.users", 2_000);

    @Test
    void start_taskInTheQueue_loadsTheCampaign() {
        try (var server = LocalCloud.start(LocalCloudConfig.ephemeral())) {
            Settings settings = settings(server);
            try (var cloud = AwsCloud.connect(CloudConfig.from(settings))) {
                cloud.provisioner().provision();
                prepare(cloud);
                Loaded loaded;
                try (var _ = Main.start(settings)) {
                    loaded = loaded(cloud);
                    assertThat(cloud.workers().all()).hasSize(1);
                }
                assertThat(cloud.workers().all()).isEmpty();
                assertSnapshot(cloud, loaded);
            }
        }
    }

    private static void prepare(AwsCloud cloud) {
        var devices = new HashMap<UserId, List<Device>>();
        var lines = new StringBuilder();
        for (int n = 0; n < USERS; n++) {
            Platform platform = n % 5 < 3 ? Platform.IOS : Platform.ANDROID;
            devices.put(Fixtures.user(n), List.of(Fixtures.device(platform, n, Fixtures.ENGLISH)));
            lines.append(Fixtures.user(n)).append('\n');
        }
        cloud.devices().put(devices);
        byte[] audience = lines.toString().getBytes(StandardCharsets.UTF_8);
        String key = SnapshotKeys.audience(CAMPAIGN, "upload-1");
        cloud.objects().putIfAbsent(key, audience);
        Campaign campaign = LoaderRig.campaign(new AudienceSource.Stored(
                key, Format.LINES, Compression.NONE, audience.length, LoaderRig.sha256(audience)));
        assertThat(cloud.campaigns().create(campaign)).isInstanceOf(WriteResult.Written.class);
        var task = new LoadTask(CAMPAIGN, 1);
        assertThat(cloud.queue(QueueName.LOADS).send(List.of(new Outgoing(task.messageId(1), TaskCodec.write(task)))))
                .isEmpty();
    }

    private static Loaded loaded(AwsCloud cloud) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (true) {
            var state = cloud.campaigns().find(CAMPAIGN).orElseThrow().state();
            if (state instanceof Loaded loaded) {
                return loaded;
            }
            assertThat(System.nanoTime())
                    .as("loaded within 2 minutes, not %s", state)
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static void assertSnapshot(AwsCloud cloud, Loaded loaded) {
        assertThat(loaded.snapshot().devices()).isEqualTo(USERS);
        assertThat(cloud.loadProgress().find(CAMPAIGN, 1).orElseThrow().phase()).isEqualTo(LoadProgress.Phase.SEALED);
        assertThat(cloud.objects().list(SnapshotKeys.work(CAMPAIGN, 1))).isEmpty();
        var summary = loaded.snapshot();
        try (var snapshot = LoadedSnapshot.load(cloud.objects(), summary.manifestKey(), summary.manifestSha256(), 4)) {
            for (Platform platform : Platform.values()) {
                var details = DetailsReader.open(cloud.objects(), snapshot.manifest(), platform);
                for (int batch = 0; batch < snapshot.batches(platform); batch++) {
                    var row = details.batch(batch).getFirst();
                    int n = Integer.parseInt(row.user().value().substring("user-".length()));
                    assertThat(snapshot.token(platform, batch, 0)).isEqualTo(Fixtures.token(platform, n));
                }
            }
        }
    }

    private static Settings settings(LocalCloud server) {
        return Settings.of(Map.of(
                "cloud.region", server.region(),
                "cloud.dynamodb-endpoint", server.dynamoDbEndpoint().toString(),
                "cloud.sqs-endpoint", server.sqsEndpoint().toString(),
                "cloud.s3-endpoint", server.s3Endpoint().toString(),
                "cloud.access-key", server.accessKeyId(),
                "cloud.secret-key", server.secretAccessKey(),
                "telemetry.port", "0"));
    }
}
