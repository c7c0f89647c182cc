package io.broadcaster.loadtest.simulate;

import static io.broadcaster.campaign.DeliveryPolicy.AT_LEAST_ONCE;
import static io.broadcaster.campaign.DeliveryPolicy.AT_MOST_ONCE;
import static io.broadcaster.campaign.Platform.ANDROID;
import static io.broadcaster.campaign.Platform.IOS;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.go.Press;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.loadtest.simulate.ProviderConduct.Flights;
import io.broadcaster.loadtest.simulate.ProviderConduct.Pace;
import io.broadcaster.loadtest.simulate.ProviderConduct.Requests;
import io.broadcaster.loadtest.simulate.Shape.Processes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows 14 to 31 of docs/faults.md: senders stopped and drained, providers at their worst, clocks, abort. */
class SendersUnderFaultsTest {
    private static final Shape SHAPE = Shape.of(AT_LEAST_ONCE, 1_000);
    private static final int SEEDS = 20;

    /** One batch at a time and half a second for each: a campaign that lasts. */
    private static final Shape LONG = SHAPE.withBatchesInFlight(1);

    private static final Duration AMID = World.PRESS_AT.plusMillis(40);

    @Test
    void row14_stoppedForFortySecondsAndContinued_nobodyTwiceAtMostOnce() {
        Worlds.row("row 14")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> world.simulation()
                                .after(
                                        AMID,
                                        () -> world.freeze(
                                                world.senders().getFirst().process(), Duration.ofSeconds(40))),
                        ended -> assertThat(ended.judgement().copies().extra())
                                .isLessThanOrEqualTo(
                                        ended.policy() == AT_MOST_ONCE ? 0 : OnceOnlyTest.inFlight(ended.world())))
                .tell();
    }

    @Test
    void row14_stoppedLongerThanTheLedgersLease_itsLateRecordChangesNothing() {
        Worlds.row("row 14, 100 s")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> world.simulation()
                                .after(
                                        AMID,
                                        () -> world.freeze(
                                                world.senders().getFirst().process(), Duration.ofSeconds(100))),
                        ended -> assertThat(ended.judgement().copies().extra())
                                .isLessThanOrEqualTo(
                                        ended.policy() == AT_MOST_ONCE ? 0 : OnceOnlyTest.inFlight(ended.world())))
                .tell();
    }

    @Test
    void row15_drained_nothingAmbiguous() {
        Worlds.row("row 15")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> world.simulation().after(AMID, () -> {
                            world.startSender();
                            world.senders().get(0).drain();
                            world.senders().get(1).drain();
                        }),
                        OnceOnlyTest::nobodyTwiceNobodyUnknown)
                .tell();
    }

    @Test
    void row16_goAway_aboveItSentAgainUpToItAmbiguous() {
        Worlds.row("row 16")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> conduct(world, ProviderConduct.GOOD.with(new Flights(0, 0.5, 0))),
                        ended -> {
                            long ambiguous = ended.judgement().copies().ambiguousAnswers();
                            if (ended.policy() == AT_MOST_ONCE) {
                                assertThat(ended.judgement().unknown()).isEqualTo(ambiguous);
                            } else {
                                assertThat(ended.judgement().copies().extra()).isLessThanOrEqualTo(ambiguous);
                                assertThat(ended.judgement().copies().accepted()
                                                + ended.judgement().unknown())
                                        .isGreaterThanOrEqualTo(
                                                ended.judgement().devices());
                            }
                        })
                .tell();
    }

    @Test
    void row17_streamsRefusedAndOnlyOneAllowed_nobodyTwiceAndBounded() {
        Worlds.row("row 17")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> {
                            conduct(world, ProviderConduct.GOOD.with(new Requests(0.3, 0, 0, 0, Duration.ZERO)));
                            world.simulation().after(AMID, () -> {
                                conduct(world, ProviderConduct.GOOD);
                                world.senders().forEach(sender -> {
                                    sender.connections(IOS).streams(1);
                                    sender.connections(ANDROID).streams(1);
                                });
                            });
                        },
                        OnceOnlyTest::nobodyTwiceNobodyUnknown)
                .tell();
    }

    @Test
    void row18_throttledForAMinute_fewRequestsAndNobodyLost() {
        Shape shape = new Shape(AT_LEAST_ONCE, 0, 20_000, new Processes(2, 2, 3), 2, Duration.ofMinutes(30));
        Worlds.row("row 18")
                .run(
                        shape,
                        3,
                        world -> {
                            conduct(world, ProviderConduct.GOOD.with(new Requests(0, 0, 0, 1, Duration.ofSeconds(60))));
                            world.simulation()
                                    .after(World.PRESS_AT.plusSeconds(60), () -> conduct(world, ProviderConduct.GOOD));
                        },
                        ended -> {
                            OnceOnlyTest.nobodyTwiceNobodyUnknown(ended);
                            assertThat(ended.judgement().requests())
                                    .isLessThanOrEqualTo(ended.judgement().devices() * 11 / 10);
                        })
                .tell();
    }

    @Test
    void row19_serverErrorsForFiveSeconds_nobodyLost() {
        Worlds.row("row 19")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> {
                            conduct(world, ProviderConduct.GOOD.with(new Requests(0, 0.3, 0.3, 0, Duration.ZERO)));
                            world.simulation()
                                    .after(World.PRESS_AT.plusSeconds(5), () -> conduct(world, ProviderConduct.GOOD));
                        },
                        ended -> assertThat(ended.judgement().copies().extra())
                                .isLessThanOrEqualTo(
                                        ended.policy() == AT_MOST_ONCE
                                                ? 0
                                                : ended.judgement().copies().ambiguousAnswers()))
                .tell();
    }

    @Test
    void row20_oneProviderSlow_theOtherUntouched() {
        Worlds.row("row 20")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> world.services()
                                .provider(ANDROID)
                                .become(ProviderConduct.GOOD.with(new Pace(
                                        Duration.ofMillis(30), Duration.ofSeconds(8), Duration.ofSeconds(30)))),
                        ended -> {
                            OnceOnlyTest.nobodyTwiceNobodyUnknown(ended);
                            assertThat(ended.world().reached(IOS)).isLessThan(Duration.ofMillis(500));
                            assertThat(ended.world()
                                            .services()
                                            .provider(ANDROID)
                                            .outstandingMost())
                                    .isLessThanOrEqualTo(3_000);
                        })
                .tell();
    }

    @Test
    void row25_fiveInAHundredTokensDead_ledgerNamesExactlyThose() {
        Worlds.row("row 25")
                .run(SHAPE, SEEDS, world -> conduct(world, ProviderConduct.GOOD.withDeadTokens(0.05)), ended -> {
                    long dead = ended.judgement().devices()
                            - ended.judgement().copies().accepted();
                    assertThat(dead).isBetween(20L, 90L);
                    assertThat(ended.world().ledger(OutcomeCode.UNREGISTERED)).isEqualTo(dead);
                })
                .tell();
    }

    @Test
    void row26_ledgerOutForTenSeconds_openAtLeastOnceClosedAtMostOnce() {
        Duration until = World.PRESS_AT.plusSeconds(10);
        Worlds.row("row 26")
                .run(SHAPE, SEEDS, world -> world.services().ledgerNetwork.out(Duration.ZERO, until), ended -> {
                    OnceOnlyTest.nobodyTwiceNobodyUnknown(ended);
                    assertThat(ended.world().redrives()).isZero();
                    long during = ended.world().services().journal.acceptedBefore(until);
                    assertThat(during)
                            .isEqualTo(
                                    ended.policy() == AT_MOST_ONCE
                                            ? 0
                                            : ended.judgement().devices());
                })
                .tell();
    }

    @Test
    void row27_noSenderHoldsTheSnapshot_goIsRefusedUntilOneDoes() {
        Worlds.row("row 27, no sender ready")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> {
                            world.senders().forEach(sender -> sender.ready(false));
                            world.simulation()
                                    .after(
                                            Duration.ofSeconds(6),
                                            () -> world.senders().forEach(sender -> sender.ready(true)));
                        },
                        ended -> {
                            OnceOnlyTest.nobodyTwiceNobodyUnknown(ended);
                            assertThat(ended.world().pressers().answers().getFirst())
                                    .isInstanceOf(Press.NotReady.class);
                            assertThat(ended.world().services().journal.acceptedBefore(Duration.ofSeconds(6)))
                                    .isZero();
                        })
                .tell();
    }

    @Test
    void row27_oneSenderLosesTheSnapshot_itsBatchesComeAgain() {
        Worlds.row("row 27, one without")
                .run(
                        SHAPE,
                        SEEDS,
                        world -> world.senders().getFirst().ready(false),
                        OnceOnlyTest::nobodyTwiceNobodyUnknown)
                .tell();
    }

    @Test
    void row28_thirdOfTheSendersToldToEnd_ninetyNinePercentWithinTwiceTheTime() {
        Shape shape =
                Shape.of(AT_LEAST_ONCE, 10_000).with(new Processes(2, 2, 10)).withBatchesInFlight(1);
        Worlds.row("row 28")
                .run(shape, 5, SendersUnderFaultsTest::slow, ended -> {
                    World other = new World(
                                    ended.judgement().seed(), ended.world().shape(), false)
                            .start()
                            .pressed();
                    slow(other);
                    other.simulation()
                            .after(
                                    World.PRESS_AT.plusSeconds(1),
                                    () -> List.of(0, 1, 2)
                                            .forEach(index ->
                                                    other.senders().get(index).drain()));
                    Judgement judgement = other.run(Worlds.UNTIL);
                    assertThat(judgement.violations()).isEmpty();
                    assertThat(other.services().journal.reached(0.99).minus(World.PRESS_AT))
                            .isLessThanOrEqualTo(ended.world()
                                    .services()
                                    .journal
                                    .reached(0.99)
                                    .minus(World.PRESS_AT)
                                    .multipliedBy(2));
                })
                .tell();
    }

    @Test
    void row28_thirdOfTheSendersKilled_nobodyLostAndBoundHolds() {
        Shape shape =
                Shape.of(AT_LEAST_ONCE, 10_000).with(new Processes(2, 2, 10)).withBatchesInFlight(1);
        Worlds.row("row 28, killed")
                .run(
                        shape,
                        5,
                        world -> {
                            slow(world);
                            world.withoutReplacement()
                                    .simulation()
                                    .after(
                                            World.PRESS_AT.plusSeconds(1),
                                            () -> List.of(0, 1, 2)
                                                    .forEach(index -> world.kill(
                                                            world.senders().get(index))));
                        },
                        ended -> assertThat(ended.judgement().settledAfter())
                                .isLessThan(SenderNode.VISIBILITY
                                        .plus(SenderNode.LEDGER_LEASE)
                                        .multipliedBy(2)))
                .tell();
    }

    @Test
    void row30_clockFiveMinutesSlowOrFast_nothingAfterNotAfter() {
        for (Duration wrong : List.of(Duration.ofMinutes(-5), Duration.ofMinutes(5))) {
            Worlds.row("row 30, " + wrong)
                    .run(
                            LONG.withWindow(Duration.ofSeconds(3)),
                            SEEDS,
                            world -> {
                                slow(world);
                                world.senders().getFirst().process().skew(wrong);
                            },
                            ended -> {
                                assertThat(ended.judgement().copies().extra()).isZero();
                                assertThat(ended.world().ledger(OutcomeCode.EXPIRED))
                                        .isPositive();
                            })
                    .tell();
        }
    }

    @Test
    void row31_abortedAmidTheSending_nothingLaterThanASecond() {
        Worlds.row("row 31")
                .run(
                        LONG,
                        SEEDS,
                        world -> {
                            slow(world);
                            world.abortAt(World.PRESS_AT.plusSeconds(2));
                            world.simulation().after(World.PRESS_AT.plusSeconds(4), () -> {
                                world.startSender();
                                world.startSender();
                            });
                        },
                        ended -> {
                            assertThat(ended.world().ledger(OutcomeCode.SUPPRESSED))
                                    .isPositive();
                            assertThat(ended.judgement().copies().extra()).isZero();
                        })
                .tell();
    }

    @Test
    void row31_messagesWaitWhileNobodyWatches_aNewSenderLooksBeforeItSends() {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofMinutes(-5))) {
            Worlds.row("row 31, new sender, its clock " + wrong)
                    .run(
                            SHAPE,
                            SEEDS,
                            world -> {
                                world.withoutReplacement();
                                world.simulation()
                                        .after(
                                                World.PRESS_AT.minusMillis(1),
                                                () -> world.senders().forEach(world::kill));
                                world.abortAt(World.PRESS_AT.plusSeconds(5));
                                world.simulation()
                                        .after(
                                                World.PRESS_AT.plusSeconds(60),
                                                () -> world.startSender()
                                                        .process()
                                                        .skew(wrong));
                            },
                            ended -> assertThat(ended.judgement().copies().accepted())
                                    .isZero())
                    .tell();
        }
    }

    private static void conduct(World world, ProviderConduct conduct) {
        for (Platform platform : Platform.values()) {
            world.services().provider(platform).become(conduct);
        }
    }

    private static void slow(World world) {
        conduct(
                world,
                ProviderConduct.GOOD.with(
                        new Pace(Duration.ofMillis(30), Duration.ofMillis(900), Duration.ofSeconds(30))));
    }
}
