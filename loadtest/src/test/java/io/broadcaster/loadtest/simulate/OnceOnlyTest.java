package io.broadcaster.loadtest.simulate;

import static io.broadcaster.campaign.DeliveryPolicy.AT_LEAST_ONCE;
import static io.broadcaster.campaign.DeliveryPolicy.AT_MOST_ONCE;
import static io.broadcaster.campaign.Platform.ANDROID;
import static io.broadcaster.campaign.Platform.IOS;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.go.Press;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.loadtest.simulate.Shape.Processes;
import io.broadcaster.testkit.simulation.Network;
import io.broadcaster.testkit.simulation.Network.Fate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rows 1 to 13 of docs/faults.md: pressing, dispatch, ledger, fan-out, queue, and senders that die. */
class OnceOnlyTest {
    private static final Shape SHAPE = Shape.of(AT_LEAST_ONCE, 1_000);
    private static final int SEEDS = 20;

    @Test
    void row01_sixtyFourPressesOverThreeApis_oneLaunch() {
        Worlds.row("row 1")
                .run(
                        SHAPE.with(new Processes(3, 2, 3)),
                        SEEDS,
                        world -> {
                            for (int n = 1; n < 64; n++) {
                                Duration at = World.PRESS_AT.plusNanos(
                                        world.simulation().chance().nextLong(3_000_000));
                                world.pressers().pressAfter(at, "presser-" + n);
                            }
                        },
                        ended -> {
                            assertThat(ended.world().pressers().answers())
                                    .hasSize(64)
                                    .allMatch(answer -> answer instanceof Press.Launched);
                            assertThat(ended.world().pressers().launches()).hasSize(1);
                            assertThat(ended.judgement().copies().extra()).isZero();
                        })
                .tell();
    }

    @Test
    void row02_apiKilledBetweenLaunchAndDispatch_sweeperOfAnotherDispatches() {
        Worlds.row("row 2")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> world.services()
                                .campaignNetwork
                                .afterNext("replace", process -> world.kill(world.api(process))),
                        OnceOnlyTest::nobodyTwiceNobodyUnknown)
                .tell();
    }

    @Test
    void row03_dispatchBrokenOffAndResumedAfterSixMinutes_nobodyTwice() {
        Worlds.row("row 3")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> {
                            Network slices =
                                    world.withoutReplacement().services().slices.network();
                            slices.next("send", Fate.REQUEST_LOST, 2, 3);
                            slices.afterNext("send", process -> {
                                world.apis().forEach(world::kill);
                                world.simulation().after(Duration.ofMinutes(6), world::startApi);
                            });
                        },
                        ended -> {
                            nobodyTwiceNobodyUnknown(ended);
                            assertThat(ended.judgement().settledAfter()).isGreaterThan(Duration.ofMinutes(6));
                        })
                .tell();
    }

    @Test
    void row04_answerOfGoLost_pressedAgain_oneLaunch() {
        Worlds.row("row 4")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> world.services().campaignNetwork.next("replace", Fate.ANSWER_LOST, 0, 1),
                        OnceOnlyTest::nobodyTwiceNobodyUnknown)
                .tell();
    }

    @Test
    void row05_ledgerWritesAppliedAnswersLost_nobodyTwiceNobodyUnknown() {
        Worlds.row("row 5")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> world.services().ledgerNetwork.next("write", Fate.ANSWER_LOST, 3, 40),
                        OnceOnlyTest::nobodyTwiceNobodyUnknown)
                .tell();
    }

    @Test
    void row06_fanoutKilledMidSlice_nobodyTwiceNobodyLost() {
        Worlds.row("row 6")
                .run(
                        Shape.of(AT_LEAST_ONCE, 60_000).withBatchesInFlight(64),
                        4,
                        world -> world.services()
                                .batches(IOS)
                                .network()
                                .afterNext("send", process -> world.kill(world.fanout(process))),
                        OnceOnlyTest::nobodyTwiceNobodyUnknown)
                .tell();
    }

    @Test
    void row07_thirdOfTheEntriesOfEveryCallFail_nobodyTwiceNobodyLost() {
        Worlds.row("row 7")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> world.services().queues().forEach(queue -> queue.failEntries(0.3)),
                        OnceOnlyTest::nobodyTwiceNobodyUnknown)
                .tell();
    }

    @Test
    void row08_answersOfReceivesLost_nobodyLost() {
        Worlds.row("row 8")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> world.services()
                                .queues()
                                .forEach(queue -> queue.network().next("receive", Fate.ANSWER_LOST, 1, 6)),
                        OnceOnlyTest::nobodyTwiceNobodyUnknown)
                .tell();
    }

    @Test
    void row09_visibilityRunsOutMidBatch_oldOwnerStopsByItself() {
        Worlds.row("row 9")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> {
                            for (Platform platform : Platform.values()) {
                                world.services().batches(platform).network().next("extend", Fate.REQUEST_LOST, 0, 60);
                                Duration slow = Duration.ofSeconds(40);
                                world.services()
                                        .provider(platform)
                                        .become(ProviderConduct.GOOD.with(new ProviderConduct.Pace(
                                                Duration.ofMillis(30), slow, Duration.ofSeconds(90))));
                            }
                            world.interrupted(3);
                        },
                        ended -> {})
                .tell();
    }

    @Test
    void row10_deletesFail_messagesComeAgainToNoEffect() {
        Worlds.row("row 10")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> {
                            for (Platform platform : Platform.values()) {
                                world.services().batches(platform).network().next("delete", Fate.REQUEST_LOST, 0, 30);
                            }
                        },
                        OnceOnlyTest::nobodyTwiceNobodyUnknown)
                .tell();
    }

    @Test
    void row11_sendersKilledAtRandomSteps_boundHolds() {
        Worlds.row("row 11")
                .run(SHAPE, 300, Mix.KILLS::apply, ended -> {
                    if (ended.policy() == AT_MOST_ONCE) {
                        assertThat(ended.judgement().copies().extra()).isZero();
                        assertThat(ended.judgement().unknown()).isLessThanOrEqualTo(inFlight(ended.world()));
                    } else {
                        assertThat(ended.judgement().unknown()).isZero();
                    }
                })
                .tell();
    }

    @Test
    void row12_killedAfterTheClaimBeforeTheFirstSend_atMostOnceLeavesThemUnknown() {
        Worlds.row("row 12")
                .run(
                        AT_MOST_ONCE,
                        SHAPE,
                        SEEDS,
                        world -> world.services()
                                .ledgerNetwork
                                .afterNext("write", process -> world.kill(world.sender(process))),
                        ended -> {
                            assertThat(ended.judgement().copies().extra()).isZero();
                            assertThat(ended.judgement().unknown()).isBetween(1L, inFlight(ended.world()));
                        })
                .tell();
    }

    @Test
    void row13_killedAfterTheProvidersAnswerBeforeTheRecord_boundHolds() {
        Worlds.row("row 13")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> world.services().provider(IOS).afterNext(process -> world.kill(world.sender(process))),
                        ended -> {
                            long both = ended.judgement().copies().extra()
                                    + ended.judgement().unknown();
                            assertThat(both).isBetween(1L, inFlight(ended.world()));
                        })
                .tell();
    }

    @Test
    void row29_deadLettersRedrivenAfterTwoHours_nothingSentNobodyTwice() {
        Worlds.row("row 29")
                .run(
                        SHAPE,
                        3,
                        world -> {
                            world.redriveNotBefore(Duration.ofHours(2));
                            world.simulation().after(World.PRESS_AT.plusMillis(12), () -> {
                                world.senders().forEach(sender -> sender.ready(false));
                                world.simulation()
                                        .after(
                                                Duration.ofMinutes(10),
                                                () -> world.senders().forEach(sender -> sender.ready(true)));
                            });
                        },
                        ended -> {
                            assertThat(ended.world().redrives()).isPositive();
                            assertThat(ended.judgement().copies().extra()).isZero();
                            assertThat(ended.judgement().lastAcceptedAfter()).isLessThan(Duration.ofSeconds(1));
                            // what is sent without a claim leaves no trace: it may have been sent
                            OutcomeCode left =
                                    ended.policy() == AT_LEAST_ONCE ? OutcomeCode.UNKNOWN : OutcomeCode.EXPIRED;
                            assertThat(ended.world().ledger(left)).isPositive();
                        })
                .tell();
    }

    static void nobodyTwiceNobodyUnknown(Worlds.Ended ended) {
        assertThat(ended.judgement().copies().extra()).isZero();
        assertThat(ended.judgement().copies().accepted())
                .isEqualTo(ended.judgement().devices());
        assertThat(ended.judgement().unknown()).isZero();
    }

    /** What the interrupted senders can have had in flight. */
    static long inFlight(World world) {
        long devices = 0;
        for (Platform platform : new Platform[] {IOS, ANDROID}) {
            devices += (long) world.shape().batchesInFlight() * world.audience().batchSize(platform);
        }
        return world.interruptions() * devices;
    }
}
