package io.broadcaster.api.go;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.Dispatch;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.testkit.FakeCampaignStore;
import io.broadcaster.testkit.FakeTaskQueue.Call;
import io.broadcaster.testkit.Fixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DispatchTest {
    @Test
    void sweep_afterTheProcessDiedBetweenLaunchAndDispatch_dispatchesUnderOrdinalOne() {
        var world = new SharedWorld();
        world.readySender("sender-1");
        world.dyingProcess().go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER);
        assertThat(world.slices.accepted()).isZero();
        var survivor = world.process();

        survivor.sweeper().sweep();
        assertThat(world.slices.accepted()).as("within the grace").isZero();
        world.clock.advance(SharedWorld.GRACE);
        survivor.sweeper().sweep();

        assertThat(world.launched().dispatch()).isEqualTo(new Dispatch.Sent(1, world.clock.instant()));
        assertThat(world.sentSlices())
                .hasSize(world.launch().slices())
                .allMatch(slice -> slice.launch().dispatch() == 1)
                .allMatch(slice ->
                        slice.launch().pressedAt().equals(world.launch().pressedAt()));
    }

    @Test
    void sweep_bySeveralProcesses_isOneDispatch() {
        var world = new SharedWorld();
        world.readySender("sender-1");
        world.dyingProcess().go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER);
        world.clock.advance(SharedWorld.GRACE);

        world.process().sweeper().sweep();
        world.process().sweeper().sweep();

        assertThat(world.launched().dispatch().ordinal()).isEqualTo(1);
        assertThat(world.registry.counter("broadcaster.api.redispatches").count())
                .isEqualTo(1);
    }

    @Test
    void press_thatFindsAnOverdueDispatch_dispatchesAgain() {
        var world = new SharedWorld();
        world.readySender("sender-1");
        world.dyingProcess().go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER);
        world.clock.advance(SharedWorld.GRACE);
        try (world) {
            world.process().go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER);
        }

        assertThat(world.launched().dispatch()).isInstanceOf(Dispatch.Sent.class);
        assertThat(world.sentSlices()).hasSize(world.launch().slices());
    }

    @Test
    void dispatch_withTheQueueDown_staysPendingUntilTheSweeperGetsThrough() {
        var world = new SharedWorld();
        world.readySender("sender-1");
        world.slices.failCalls(Call.SEND, 1_000);
        try (world) {
            world.process().go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER);
        }
        assertThat(world.launched().dispatch()).isEqualTo(new Dispatch.Pending(0, Fixtures.NOW));
        world.clock.advance(SharedWorld.GRACE);

        var process = world.process();
        for (int round = 0; round < 100 && world.launched().dispatch() instanceof Dispatch.Pending; round++) {
            process.sweeper().sweep();
            world.clock.advance(SharedWorld.GRACE);
        }

        assertThat(world.launched().dispatch()).isInstanceOf(Dispatch.Sent.class);
        assertThat(world.slices.accepted()).isEqualTo(world.launch().slices());
    }

    @Test
    void dispatch_withRefusedEntriesAndLostAnswers_repeatsUntilEverySliceIsInOnce() {
        var world = new SharedWorld();
        world.readySender("sender-1");
        world.slices.refuseEntries(Call.SEND, 7);
        world.slices.loseAnswers(Call.SEND, 3);
        try (world) {
            world.process().go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER);
        }

        assertThat(world.launched().dispatch()).isInstanceOf(Dispatch.Sent.class);
        assertThat(world.slices.accepted()).isEqualTo(world.launch().slices());
    }

    @Test
    void dispatch_whoseMarkFails_isRepeatedAndTheQueueDropsWhatItHas() {
        var world = new SharedWorld();
        world.readySender("sender-1");
        var process = world.dyingProcess();
        process.go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER);
        try (world) {
            world.campaigns.failCalls(FakeCampaignStore.Call.WRITE, 1);
            world.process().dispatches().begin(world.stored());
        }
        assertThat(world.launched().dispatch()).isInstanceOf(Dispatch.Pending.class);
        world.clock.advance(SharedWorld.GRACE);

        world.process().sweeper().sweep();

        assertThat(world.launched().dispatch()).isInstanceOf(Dispatch.Sent.class);
        assertThat(world.slices.accepted()).isEqualTo(world.launch().slices());
    }

    @Test
    void dispatch_ofALaunchAbortedMeanwhile_leavesItAborted() {
        var world = new SharedWorld();
        world.readySender("sender-1");
        world.dyingProcess().go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER);
        var launched = world.stored();
        world.write(((Move.Moved) Moves.abort(launched, "ops", world.clock.instant())).campaign());
        try (world) {
            world.process().dispatches().begin(launched);
        }
        world.clock.advance(Duration.ofMinutes(1));
        world.process().sweeper().sweep();

        assertThat(world.stored().state()).isInstanceOf(Aborted.class);
    }
}
