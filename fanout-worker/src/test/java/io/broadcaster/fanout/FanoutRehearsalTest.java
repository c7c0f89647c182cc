package io.broadcaster.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.Platform;
import io.broadcaster.config.Settings;
import io.broadcaster.testkit.FakeTaskQueue;
import io.broadcaster.testkit.TestClock;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FanoutRehearsalTest {
    private final TestClock clock = TestClock.atFixtures();
    private final FakeTaskQueue slices = new FakeTaskQueue(clock);
    private final FakeTaskQueue ios = new FakeTaskQueue(clock);
    private final FakeTaskQueue android = new FakeTaskQueue(clock);

    @Test
    void over_batchesToRehearse_goThroughTheWholePipeline() {
        rehearse("900");

        assertThat(slices.bodies()).isEmpty();
        assertThat(slices.accepted()).isEqualTo(5);
        assertThat(ios.bodies()).hasSize(600).allMatch(body -> body.contains("campaign=rehearsal"));
        assertThat(android.bodies()).hasSize(400);
    }

    @Test
    void over_noneToRehearse_touchesNothing() {
        rehearse("0");

        assertThat(slices.accepted() + ios.accepted() + android.accepted()).isZero();
    }

    private void rehearse(String batches) {
        var config = FanoutConfig.from(
                Settings.of(Map.of("fanout.rehearsal-batches", batches, "fanout.long-poll", "100ms")));
        var world = new FanoutProcess.World(clock, new Random(1));
        var queues = new FanoutProcess.Queues(slices, Map.of(Platform.IOS, ios, Platform.ANDROID, android));
        new FanoutRehearsal(config, world).over(queues);
    }
}
