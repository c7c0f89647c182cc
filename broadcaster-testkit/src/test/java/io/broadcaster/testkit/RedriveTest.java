package io.broadcaster.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.StateName;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.DeadLetterQueue;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.Redrive;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When dead letters may go back, over the fake. */
final class RedriveTest {
    private static final Instant OLD = Fixtures.NOW.minus(Duration.ofHours(1));

    private final TestClock clock = TestClock.atFixtures();
    private final FakeTaskQueue queue = new FakeTaskQueue(clock, 1);
    private final FakeCampaignStore campaigns = new FakeCampaignStore();
    private final Redrive redrive = new Redrive(QueueName.BATCHES_IOS, queue, queue.deadLetters(), campaigns);

    @Test
    void look_nothingGaveUp_findsNothing() {
        assertThat(redrive.look().letters()).isZero();
    }

    @Test
    void look_batchesOfTwoLaunches_isSafeTwoMinutesAfterTheYounger() {
        Instant young = Fixtures.NOW.minusSeconds(30);
        giveUp(batch(1, OLD));
        giveUp(batch(2, young));
        giveUp("nobody can read it");

        Redrive.Look look = redrive.look();

        assertThat(look).isEqualTo(new Redrive.Look(3, young.plus(Redrive.SAFE_AFTER)));
        assertThat(look.isSafe(Fixtures.NOW)).isFalse();
        assertThat(look.isSafe(young.plus(Redrive.SAFE_AFTER))).isTrue();
    }

    @Test
    void look_moreThanAreLookedAt_takesTheRestForTheYoungestLaunchThereIs() {
        var _ = campaigns.create(Fixtures.campaign(StateName.LAUNCHED));
        var _ = campaigns.create(Fixtures.campaign(new CampaignId("armed"), StateName.ARMED));
        for (int i = 0; i < Redrive.LOOKED_AT_MAX; i++) {
            giveUp(batch(i, OLD));
        }
        assertThat(redrive.look().safeAt()).isEqualTo(OLD.plus(Redrive.SAFE_AFTER));

        giveUp(batch(Redrive.LOOKED_AT_MAX, OLD));

        assertThat(redrive.look().safeAt()).isEqualTo(pressed().plus(Redrive.SAFE_AFTER));
    }

    @Test
    void look_oneInAnothersHands_takesItForTheYoungestLaunchThereIs() {
        var _ = campaigns.create(Fixtures.campaign(StateName.LAUNCHED));
        giveUp(batch(1, OLD));
        giveUp(batch(2, OLD));
        var halfSeen = new DeadLetterQueue() {
            @Override
            public List<DeadLetter> peek(int max) {
                return queue.deadLetters().peek(1);
            }

            @Override
            public boolean redrive(int perSecond) {
                return queue.deadLetters().redrive(perSecond);
            }

            @Override
            public Optional<Move> latestMove() {
                return queue.deadLetters().latestMove();
            }
        };

        Redrive.Look look = new Redrive(QueueName.BATCHES_IOS, queue, halfSeen, campaigns).look();

        assertThat(look).isEqualTo(new Redrive.Look(2, pressed().plus(Redrive.SAFE_AFTER)));
    }

    private static Instant pressed() {
        return ((Launched) Fixtures.campaign(StateName.LAUNCHED).state())
                .launch()
                .pressedAt();
    }

    private void giveUp(String body) {
        assertThat(queue.send(List.of(new Outgoing(UUID.randomUUID().toString(), body))))
                .isEmpty();
        for (int i = 0; i < 2; i++) {
            var _ = queue.receive(TaskQueue.CALL_MAX, Duration.ZERO, Duration.ZERO, UUID.randomUUID());
        }
    }

    private static String batch(int number, Instant pressed) {
        var launch = new LaunchFacts(
                LaunchId.of(Fixtures.CAMPAIGN, 1),
                Fixtures.CAMPAIGN,
                1,
                0,
                DeliveryPolicy.AT_LEAST_ONCE,
                pressed,
                pressed.plus(Duration.ofMinutes(10)));
        return TaskCodec.write(new BatchTask(launch, Platform.IOS, number, false));
    }
}
