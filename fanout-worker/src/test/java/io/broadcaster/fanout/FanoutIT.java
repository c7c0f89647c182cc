package io.broadcaster.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.Stage;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.SliceTask;
import io.broadcaster.task.Slicing;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.task.TaskQueue.QueueException;
import io.broadcaster.task.TaskQueue.Received;
import io.broadcaster.telemetry.LaunchProgress;
import io.broadcaster.testkit.Await;
import io.broadcaster.testkit.Fixtures;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two whole workers, started as in production, over the local cloud. */
@Timeout(120)
class FanoutIT {
    private static final SnapshotSummary SNAPSHOT = Fixtures.snapshot(150_000, 100_000);

    private static LocalCloud local;
    private static Settings settings;
    private static AwsCloud cloud;

    @BeforeAll
    static void startCloud() {
        local = LocalCloud.start(LocalCloudConfig.ephemeral());
        settings = Settings.of(Map.of(
                "cloud.sqs-endpoint", local.sqsEndpoint().toString(),
                "cloud.dynamodb-endpoint", local.dynamoDbEndpoint().toString(),
                "cloud.s3-endpoint", local.s3Endpoint().toString(),
                "cloud.access-key", local.accessKeyId(),
                "cloud.secret-key", local.secretAccessKey(),
                "fanout.rehearsal-batches", "400",
                "telemetry.port", "0"));
        cloud = AwsCloud.connect(CloudConfig.from(settings));
        cloud.provisioner().provision();
    }

    @AfterAll
    static void stopCloud() {
        cloud.close();
        local.close();
    }

    @Test
    void launch_dispatchedTwice_everyBatchOnceAndWorkersComeAndLeave() {
        List<SliceTask> slices = Slicing.cut(Fixtures.launchFacts(), SNAPSHOT);
        try (FanoutProcess first = Main.start(settings);
                FanoutProcess second = Main.start(settings)) {
            Await.until("both have reported", () -> cloud.workers().all().size() == 2);
            assertThat(cloud.workers().all()).extracting(WorkerStatus::role).containsOnly(WorkerRole.FANOUT);

            send(slices);
            send(slices);

            Await.until(
                    "every slice is settled",
                    () -> first.stats().settled() + second.stats().settled() == slices.size());
            assertThat(first.stats().returned() + second.stats().returned()).isZero();
        }

        assertThat(cloud.workers().all()).isEmpty();
        assertThat(cloud.queue(QueueName.SLICES).depth()).isEqualTo(new TaskQueue.Depth(0, 0, 0));
        assertThat(batches(Platform.IOS)).hasSize(SNAPSHOT.iosBatches());
        assertThat(batches(Platform.ANDROID)).hasSize(SNAPSHOT.androidBatches());
        var progress = LaunchProgress.merge(
                cloud.progress().read(Fixtures.launchFacts().id()));
        assertThat(progress.count(Stage.BATCH_SENT)).isEqualTo(SNAPSHOT.batches());
    }

    @Test
    void start_queuesNotProvisioned_failsAndSaysWhatToDo() {
        Settings elsewhere = settings.with(Map.of("cloud.prefix", "nowhere"));

        assertThatThrownBy(() -> Main.start(elsewhere))
                .isInstanceOf(QueueException.class)
                .hasMessageContaining("run provision first");
    }

    private static void send(List<SliceTask> slices) {
        TaskQueue queue = cloud.queue(QueueName.SLICES);
        for (SliceTask slice : slices) {
            assertThat(queue.send(List.of(new Outgoing(slice.messageId(), TaskCodec.write(slice)))))
                    .isEmpty();
        }
    }

    /** Receives and deletes all; fails on a batch that is there twice. */
    private static Set<Integer> batches(Platform platform) {
        TaskQueue queue = cloud.queue(QueueName.batches(platform));
        var found = new HashSet<Integer>();
        List<Received> messages = receive(queue);
        while (!messages.isEmpty()) {
            for (Received message : messages) {
                BatchTask task = TaskCodec.readBatch(message.body());
                assertThat(found.add(task.batch())).as(message.body()).isTrue();
                assertThat(task.mayRepeat()).isFalse();
            }
            assertThat(queue.delete(messages.stream().map(Received::receipt).toList()))
                    .isEmpty();
            messages = receive(queue);
        }
        return found;
    }

    private static List<Received> receive(TaskQueue queue) {
        return queue.receive(TaskQueue.CALL_MAX, Duration.ofSeconds(1), Duration.ofMinutes(1), UUID.randomUUID());
    }
}
