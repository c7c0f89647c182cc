package io.broadcaster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.config.Settings;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue.Received;
import io.broadcaster.testkit.FakeCampaignStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PressRehearsalTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @Test
    void over_presses_putTheirSlicesIntoTheStagesQueueAndNoOther() {
        try (var stage = stage()) {
            assertThat(rehearse(20, Main.ports(stage))).isEqualTo(20);

            List<Received> received =
                    stage.queue(QueueName.SLICES).receive(10, Duration.ZERO, Duration.ofSeconds(1), new UUID(0, 1));
            assertThat(received).hasSize(10).allMatch(slice -> slice.body().contains("campaign=rehearsal"));
        }
    }

    @Test
    void over_none_touchesNothing() {
        try (var stage = stage()) {
            assertThat(rehearse(0, Main.ports(stage))).isZero();

            assertThat(stage.queue(QueueName.SLICES).receive(10, Duration.ZERO, Duration.ofSeconds(1), new UUID(0, 1)))
                    .isEmpty();
        }
    }

    @Test
    void over_storeThatFails_costsTheRehearsalAndNotTheStart() {
        try (var stage = stage()) {
            ApiPorts ports = Main.ports(stage);
            var broken = new FakeCampaignStore();
            broken.failCalls(FakeCampaignStore.Call.FIND, 1);

            assertThat(rehearse(
                            2,
                            new ApiPorts(
                                    broken,
                                    ports.ledger(),
                                    ports.progress(),
                                    ports.workers(),
                                    ports.proofs(),
                                    ports.testDevices(),
                                    ports.loadProgress(),
                                    ports.audit(),
                                    ports.sessionEnds(),
                                    ports.objects(),
                                    ports.queues(),
                                    ports.deadLetters())))
                    .isZero();
        }
    }

    private static AwsCloud stage() {
        return AwsCloud.rehearsal(CloudConfig.from(Settings.of(Map.of())), CLOCK);
    }

    private static int rehearse(int presses, ApiPorts stage) {
        return new PressRehearsal(presses, CLOCK, new Random(1)).over(stage);
    }
}
