package io.broadcaster.api.go;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.campaign.ArmTerms;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignState;
import io.broadcaster.campaign.Dispatch;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.Pressers;
import io.broadcaster.campaign.StateName;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.task.SliceTask;
import io.broadcaster.testkit.FakeCampaignStore.Call;
import io.broadcaster.testkit.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class GoTest {
    @Test
    void press_ofArmedCampaign_launchesAndPutsEverySliceIntoTierOne() {
        var world = new SharedWorld();
        world.readySender("sender-1");
        Press press;
        try (world) {
            press = world.process().go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER);
        }

        assertThat(press).isEqualTo(new Press.Launched(world.launch()));
        assertThat(world.launch().pressedBy()).isEqualTo(Fixtures.MARKETER);
        assertThat(world.launched().dispatch()).isInstanceOf(Dispatch.Sent.class);
        assertThat(world.sentSlices()).hasSize(world.launch().slices()).hasSizeGreaterThanOrEqualTo(50);
        assertThat(world.sentSlices().stream().mapToInt(SliceTask::batches).sum())
                .isEqualTo(world.launch().batches());
    }

    @Test
    void press_64TimesAtOnceOverThreeProcesses_isOneLaunchAndOneAnswer() throws Exception {
        var world = new SharedWorld();
        world.readySender("sender-1");
        Set<Press> answers;
        try (world) {
            answers = pressAtOnce(List.of(world.process(), world.process(), world.process()), 64);
        }

        assertThat(answers).containsExactly(new Press.Launched(world.launch()));
        assertThat(world.slices.accepted()).isEqualTo(world.launch().slices());
        assertThat(world.sentSlices()).allMatch(slice -> slice.launch().dispatch() == 0);
        assertThat(world.launched().dispatch().ordinal()).isZero();
    }

    @Test
    void press_aWeekLaterAndCompleted_isAnsweredWithTheSameLaunch() {
        var world = new SharedWorld();
        world.readySender("sender-1");
        Press first;
        try (world) {
            first = world.process().go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER);
        }
        world.write(moved(Moves.complete(world.stored(), world.clock.instant())));
        world.clock.advance(Duration.ofDays(7));

        assertThat(world.process().go().press(Fixtures.CAMPAIGN, "somebody-else"))
                .isEqualTo(first);
        assertThat(world.slices.accepted()).isEqualTo(world.sentSlices().size());
    }

    @Test
    void press_ofAbortedLaunch_isAnsweredWithTheLaunch() {
        var world = new SharedWorld();
        world.write(Fixtures.campaign(StateName.ABORTED).atVersion(1));

        assertThat(world.process().go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER))
                .isEqualTo(new Press.Launched(Fixtures.launch(Fixtures.CAMPAIGN)));
    }

    @Test
    void press_withoutReadySender_isRefusedAndSaysHowMany() {
        var world = new SharedWorld();
        world.workers.heartbeat(world.sender("sender-of-another-snapshot", "00".repeat(32)));

        Press press = world.process().go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER);

        assertThat(press).isEqualTo(new Press.NotReady(0, 1, 1));
        assertThat(((Press.NotReady) press).sentence()).contains("0 of 1 live senders");
        assertThat(world.stored().state()).isInstanceOf(CampaignState.Armed.class);
    }

    @Test
    void press_bySomebodyNotNamed_isRefusedUntilOneOfTheNamedLaunches() {
        var world = new SharedWorld();
        world.readySender("sender-1");
        var pressers = new Pressers(List.of("mary", "nick"));
        Campaign loaded = moved(Moves.disarm(world.stored(), Fixtures.NOW));
        var terms = new ArmTerms(Fixtures.window(), pressers);
        world.write(moved(Moves.arm(loaded, terms, EnumSet.allOf(Platform.class), "alice", Fixtures.NOW)));
        try (world) {
            Go go = world.process().go();
            assertThat(go.press(Fixtures.CAMPAIGN, "olga")).isEqualTo(new Press.NotNamed("olga", pressers));
            assertThat(world.stored().state()).isInstanceOf(CampaignState.Armed.class);

            Press launched = go.press(Fixtures.CAMPAIGN, "nick");

            assertThat(launched).isEqualTo(new Press.Launched(world.launch()));
            assertThat(go.press(Fixtures.CAMPAIGN, "olga")).isEqualTo(launched);
        }
    }

    @Test
    void press_withSenderWhoseHeartbeatStopped_isRefused() {
        var world = new SharedWorld();
        world.readySender("sender-1");
        var process = world.process();
        world.clock.advance(Duration.ofSeconds(6));

        assertThat(process.go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER)).isEqualTo(new Press.NotReady(0, 1, 0));
    }

    @Test
    void press_outsideTheWindow_isRefused() {
        var world = new SharedWorld();
        world.readySender("sender-1");
        world.clock.set(Fixtures.window().notAfter());

        assertThat(world.process().go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER))
                .isInstanceOfSatisfying(
                        Press.Refused.class,
                        refused -> assertThat(refused.refusal().sentence()).contains("is not within"));
    }

    @Test
    void press_ofDraft_isRefused() {
        var world = new SharedWorld();
        var id = new CampaignId("a-draft");
        world.campaigns.create(Fixtures.campaign(id, StateName.DRAFT));

        assertThat(world.process().go().press(id, Fixtures.MARKETER))
                .isInstanceOfSatisfying(
                        Press.Refused.class,
                        refused -> assertThat(refused.refusal().state()).isEqualTo(StateName.DRAFT));
    }

    @Test
    void press_ofUnknownCampaign_isMissing() {
        var id = new CampaignId("nobody");

        assertThat(new SharedWorld().process().go().press(id, Fixtures.MARKETER))
                .isEqualTo(new Press.Missing(id));
    }

    @Test
    void press_thatLosesToADisarm_isRefused() {
        var world = new SharedWorld();
        world.readySender("sender-1");
        world.campaigns.beforeNextWrite(() -> world.write(moved(Moves.disarm(world.stored(), world.clock.instant()))));

        assertThat(world.process().go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER))
                .isInstanceOf(Press.Refused.class);
        assertThat(world.stored().state()).isInstanceOf(CampaignState.Loaded.class);
        assertThat(world.slices.accepted()).isZero();
    }

    @Test
    void press_thatLosesToAnotherLaunch_isAnsweredWithThatLaunch() {
        var world = new SharedWorld();
        world.readySender("sender-1");
        try (world) {
            Go faster = world.process().go();
            world.campaigns.beforeNextWrite(() -> faster.press(Fixtures.CAMPAIGN, "the-faster-one"));
            assertThat(world.process().go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER))
                    .isEqualTo(new Press.Launched(world.launch()));
        }
        assertThat(world.launch().pressedBy()).isEqualTo("the-faster-one");
    }

    @Test
    void press_whoseWriteAnswerIsLost_failsAndMayBeRepeated() {
        var world = new SharedWorld();
        world.readySender("sender-1");
        world.campaigns.loseAnswers(Call.WRITE, 1);
        var process = world.process();

        assertThatThrownBy(() -> process.go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER))
                .isInstanceOf(StoreException.class);
        world.clock.advance(SharedWorld.GRACE);
        try (world) {
            assertThat(process.go().press(Fixtures.CAMPAIGN, Fixtures.MARKETER))
                    .isEqualTo(new Press.Launched(world.launch()));
        }
        assertThat(world.launched().dispatch()).isEqualTo(new Dispatch.Sent(1, world.clock.instant()));
        assertThat(world.slices.accepted()).isEqualTo(world.launch().slices());
    }

    @Test
    void press_whileAnotherOfItsProcessGetsNoAnswer_isAnsweredAllTheSame() throws Exception {
        var world = new SharedWorld();
        world.readySender("sender-1");
        var writing = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        world.campaigns.beforeNextWrite(() -> {
            writing.countDown();
            awaitOpen(answered);
        });
        try (world;
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Go go = world.process().go();
            Future<Press> silent = threads.submit(() -> go.press(Fixtures.CAMPAIGN, "the-first"));
            awaitOpen(writing);
            Press press = go.press(Fixtures.CAMPAIGN, "the-second");
            answered.countDown();

            assertThat(press).isEqualTo(new Press.Launched(world.launch()));
            assertThat(silent.get()).isEqualTo(press);
        }
        assertThat(world.launch().pressedBy()).isEqualTo("the-second");
    }

    private static void awaitOpen(CountDownLatch latch) {
        assertThatCode(() -> assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue())
                .doesNotThrowAnyException();
    }

    private static Set<Press> pressAtOnce(List<SharedWorld.ApiInstance> processes, int times) throws Exception {
        var start = new CyclicBarrier(times);
        var presses = new ArrayList<Callable<Press>>();
        for (int i = 0; i < times; i++) {
            var process = processes.get(i % processes.size());
            String presser = "presser-" + i;
            presses.add(() -> {
                start.await();
                return process.go().press(Fixtures.CAMPAIGN, presser);
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(presses).stream().map(Future::resultNow).collect(Collectors.toSet());
        }
    }

    private static Campaign moved(Move move) {
        return ((Move.Moved) move).campaign();
    }
}
