package io.broadcaster.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.task.ConsumerListener.Step;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.task.TaskQueue.QueueException;
import io.broadcaster.testkit.Await;
import io.broadcaster.testkit.FakeTaskQueue;
import io.broadcaster.testkit.FakeTaskQueue.Call;
import io.broadcaster.testkit.ForwardingClock;
import io.broadcaster.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class QueueConsumerTest {
    private static final long SEED = 20_260_208;
    private static final Duration VISIBILITY = Duration.ofSeconds(30);

    private final TestClock clock = TestClock.atFixtures();
    private final FakeTaskQueue queue = new FakeTaskQueue(clock);
    private final Queue<Step> failures = new ConcurrentLinkedQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private QueueConsumer consumer = consumer(4, 64, Duration.ofSeconds(5));

    @AfterEach
    void closeConsumer() {
        release.countDown();
        consumer.close();
        assertIdentity();
        assertThat(consumer.stats().inFlight()).isZero();
    }

    @Test
    void start_manyMessages_allHandledOnceAndDeleted() {
        send(1_000);
        Set<String> handled = ConcurrentHashMap.newKeySet();
        var calls = new AtomicInteger();

        consumer.start((message, _) -> {
            handled.add(message.body());
            calls.incrementAndGet();
            return Handling.DONE;
        });

        Await.until("all are settled", () -> consumer.stats().settled() == 1_000);
        assertThat(handled).hasSize(1_000);
        assertThat(calls).hasValue(1_000);
        assertThat(queue.bodies()).isEmpty();
    }

    @Test
    void start_onePollerAndEveryHandlerBlocked_receivesOnUpToTheBound() {
        consumer = consumer(1, 25, Duration.ofSeconds(5));
        send(100);
        var started = new AtomicInteger();

        consumer.start((_, _) -> {
            started.incrementAndGet();
            release.await();
            return Handling.DONE;
        });

        // A loop in lock step would stop at the ten messages of its first receive.
        Await.until("the bound is reached", () -> started.get() == 25);
        assertThat(consumer.stats().inFlight()).isEqualTo(25);
        assertThat(queue.depth().inFlight()).isEqualTo(25);
        release.countDown();
        Await.until("all are settled", () -> consumer.stats().settled() == 100);
    }

    @Test
    void start_oneSlowMessage_othersGoOn() {
        send(200);
        consumer = consumer(1, 11, Duration.ofSeconds(5));

        consumer.start((message, _) -> {
            if (message.body().equals("body-0")) {
                release.await();
            }
            return Handling.DONE;
        });

        Await.until("all others are settled", () -> consumer.stats().settled() == 199);
        assertThat(queue.bodies()).containsExactly("body-0");
    }

    @Test
    void handle_notDone_messageIsNotDeletedAndComesAgain() {
        send(1);
        var receiveCounts = new ConcurrentLinkedQueue<Integer>();

        consumer.start((message, _) -> {
            receiveCounts.add(message.receiveCount());
            return message.receiveCount() < 3 ? Handling.RETURN_NOW : Handling.DONE;
        });

        Await.until("it is settled", () -> consumer.stats().settled() == 1);
        assertThat(receiveCounts).containsExactly(1, 2, 3);
        assertThat(consumer.stats().returned()).isEqualTo(2);
    }

    @Test
    void handle_returnAfter_comesAgainOnlyThen() {
        send(1);
        var receiveCounts = new ConcurrentLinkedQueue<Integer>();
        consumer.start((message, _) -> {
            receiveCounts.add(message.receiveCount());
            return message.receiveCount() == 1 ? new Handling.Return(Duration.ofSeconds(7)) : Handling.DONE;
        });
        Await.until("it was given back", () -> consumer.stats().returned() == 1);

        clock.advance(Duration.ofMillis(6_999));
        assertThat(queue.depth().inFlight()).isEqualTo(1);
        assertThat(receiveCounts).containsExactly(1);
        clock.advance(Duration.ofMillis(1));

        Await.until("it is settled", () -> consumer.stats().settled() == 1);
        assertThat(receiveCounts).containsExactly(1, 2);
    }

    @Test
    void handle_elsewhere_receivesNothingUntilThen() {
        Duration rest = Duration.ofSeconds(2);
        Instant fitAt = clock.instant().plus(rest);
        var rests = new AtomicInteger();
        consumer = consumer(1, 10, Duration.ofSeconds(5), countingRests(rest, rests));
        send(100);

        consumer.start((_, _) -> clock.instant().isBefore(fitAt) ? new Handling.Elsewhere(rest) : Handling.DONE);

        Await.until("its poller rests", () -> rests.get() > 0);
        Await.until(
                "what it received is given back",
                () -> consumer.stats().returned() == consumer.stats().received());
        assertThat(consumer.stats().returned())
                .as("of one call, and of one that was under way when the first message was given back")
                .isLessThanOrEqualTo(2 * TaskQueue.CALL_MAX);
        clock.advance(rest);
        Await.until("all are settled", () -> consumer.stats().settled() == 100);
    }

    @Test
    void handle_throws_countedReportedAndComesAgain() {
        send(1);
        consumer.start((message, _) -> {
            if (message.receiveCount() == 1) {
                throw new IllegalStateException("a bug");
            }
            return Handling.DONE;
        });

        Await.until("it was given back", () -> consumer.stats().returned() == 1);
        clock.advance(Duration.ofSeconds(1));

        Await.until("it is settled", () -> consumer.stats().settled() == 1);
        assertThat(consumer.stats().handlerFailures()).isEqualTo(1);
        assertThat(failures).containsExactly(Step.HANDLE);
    }

    @Test
    void lease_longWork_isExtendedAndTheMessageStaysOurs() {
        send(15);
        var leases = new ConcurrentLinkedQueue<Lease>();
        consumer.start((_, lease) -> {
            leases.add(lease);
            release.await();
            return Handling.DONE;
        });
        Await.until("all are being worked on", () -> leases.size() == 15);

        for (int third = 0; third < 12; third++) {
            clock.advance(Duration.ofSeconds(10));
            var due = clock.instant().plus(VISIBILITY);
            Await.until(
                    "every lease was extended",
                    () -> leases.stream().allMatch(l -> l.until().equals(due)));
        }

        assertThat(leases).allMatch(Lease::held);
        release.countDown();
        Await.until("all are settled", () -> consumer.stats().settled() == 15);
        assertThat(consumer.stats().leasesLost()).isZero();
        assertThat(consumer.stats().received()).isEqualTo(15);
    }

    @Test
    void lease_extensionFails_isRepeatedAndHeld() {
        send(1);
        var leases = new ConcurrentLinkedQueue<Lease>();
        consumer.start((_, lease) -> {
            leases.add(lease);
            release.await();
            return Handling.DONE;
        });
        Await.until("it is being worked on", () -> leases.size() == 1);
        queue.failCalls(Call.EXTEND, 1);

        clock.advance(Duration.ofSeconds(10));
        Await.until("the extension failed", () -> consumer.stats().extendFailures() == 1);
        clock.advance(VISIBILITY.dividedBy(12));

        var due = clock.instant().plus(VISIBILITY);
        Await.until("it was repeated", () -> leases.element().until().equals(due));
        assertThat(leases.element().held()).isTrue();
        assertThat(failures).containsExactly(Step.EXTEND);
    }

    @Test
    void lease_timePassesUnextended_isLostForGoodAndAnotherDeliveryHappens() {
        send(1);
        var leases = new ConcurrentLinkedQueue<Lease>();
        consumer.start((message, lease) -> {
            leases.add(lease);
            if (message.receiveCount() == 1) {
                Await.until("the lease is lost", () -> !lease.held());
                return Handling.RETURN_NOW;
            }
            return Handling.DONE;
        });
        Await.until("it is being worked on", () -> leases.size() == 1);

        clock.advance(VISIBILITY.plusSeconds(1));

        Await.until("the second delivery is settled", () -> consumer.stats().settled() == 1);
        assertThat(leases.element().held()).isFalse();
        Await.until("the first is returned", () -> consumer.stats().returned() == 1);
        assertThat(consumer.stats().deleteFailures()).isZero();
    }

    @Test
    void lease_doneAfterItWasLost_deleteIsRefusedAndCountedAsReturned() {
        send(1);
        var first = new CountDownLatch(1);
        consumer.start((message, _) -> {
            if (message.receiveCount() == 1) {
                first.countDown();
                release.await();
            }
            return Handling.DONE;
        });
        awaitLatch(first);
        clock.advance(VISIBILITY.plusSeconds(1));
        Await.until("the second delivery is settled", () -> consumer.stats().settled() == 1);

        release.countDown();

        Await.until("the late one is returned", () -> consumer.stats().returned() == 1);
        assertThat(consumer.stats().deleteFailures()).isEqualTo(1);
        // The second delivery's lease may be lost too: it counts from when its poll began, maybe before the clock
        // moved.
        assertThat(consumer.stats().leasesLost()).isBetween(1L, 2L);
    }

    @Test
    void delete_entriesFailAndAnswersAreLost_repeatedUntilDeleted() {
        send(20);
        queue.refuseEntries(Call.DELETE, 7);
        queue.failCalls(Call.DELETE, 1);
        queue.loseAnswers(Call.DELETE, 1);

        consumer.start((_, _) -> Handling.DONE);

        Await.until("all are settled", () -> consumer.stats().settled() == 20);
        assertThat(consumer.stats().returned()).isZero();
        assertThat(queue.bodies()).isEmpty();
        assertThat(failures).containsOnly(Step.DELETE);
    }

    @Test
    void receive_failsForAWhile_backsOffAndRecovers() {
        consumer = consumer(1, 64, Duration.ofSeconds(5));
        send(3);
        queue.failCalls(Call.RECEIVE, 3);

        consumer.start((_, _) -> Handling.DONE);

        Await.until("all are settled", () -> consumer.stats().settled() == 3);
        assertThat(consumer.stats().receiveFailures()).isEqualTo(3);
        assertThat(failures).containsExactly(Step.RECEIVE, Step.RECEIVE, Step.RECEIVE);
    }

    @Test
    void receive_answerLost_sameMessagesComeAtOnceUnderTheSameAttempt() {
        consumer = consumer(1, 64, Duration.ofSeconds(5));
        send(5);
        queue.loseAnswers(Call.RECEIVE, 1);
        var receiveCounts = new ConcurrentLinkedQueue<Integer>();

        consumer.start((message, _) -> {
            receiveCounts.add(message.receiveCount());
            return Handling.DONE;
        });

        // The clock stands still: under another attempt id the five would stay invisible for good.
        Await.until("all are settled", () -> consumer.stats().settled() == 5);
        assertThat(receiveCounts).containsOnly(1);
    }

    @Test
    void close_workInFlight_finishesIt() {
        send(10);
        var started = new CountDownLatch(10);
        consumer.start((_, _) -> {
            started.countDown();
            release.await();
            return Handling.DONE;
        });
        awaitLatch(started);

        Thread closing = Thread.ofVirtual().start(consumer::close);
        release.countDown();
        join(closing);

        assertThat(consumer.stats().settled()).isEqualTo(10);
        assertThat(queue.bodies()).isEmpty();
    }

    @Test
    void close_workOutlastsTheDrainTime_isRevokedAndGivenBack() {
        consumer = consumer(2, 64, Duration.ofMillis(50));
        send(10);
        var started = new CountDownLatch(10);
        consumer.start((_, lease) -> {
            started.countDown();
            Await.until("the lease is revoked", () -> !lease.held());
            return Handling.RETURN_NOW;
        });
        awaitLatch(started);

        consumer.close();

        assertThat(consumer.stats().returned()).isEqualTo(10);
        assertThat(queue.depth()).isEqualTo(new TaskQueue.Depth(10, 0, 0));
    }

    @Test
    void close_workThatHeedsOnlyInterrupts_isInterruptedAndGivenBack() {
        consumer = consumer(2, 64, Duration.ofMillis(50));
        send(3);
        var started = new CountDownLatch(3);
        consumer.start((_, _) -> {
            started.countDown();
            new CountDownLatch(1).await();
            return Handling.DONE;
        });
        awaitLatch(started);

        consumer.close();

        assertThat(consumer.stats().returned()).isEqualTo(3);
        assertThat(queue.depth()).isEqualTo(new TaskQueue.Depth(3, 0, 0));
    }

    @Test
    void close_whileAPollerGathersRoom_leavesNoRoomTaken() {
        for (int round = 0; round < 40; round++) {
            consumer.close();
            // room for less than a call: every poll gathers some more first, in vain
            consumer = consumer(2, 4, Duration.ofSeconds(20));
            consumer.start((_, _) -> Handling.DONE);
        }
        long began = System.nanoTime();
        consumer.close(); // a permit that was lost would cost the drain time, here and in the rounds before
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void close_pollsUnderWay_endsThemWithoutWaitingAndTakesNothingAlong() {
        consumer.start((_, _) -> Handling.DONE);
        send(1);
        Await.until("it polls", () -> consumer.stats().settled() == 1);
        long before = System.nanoTime();

        consumer.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        send(2);
        assertThat(queue.depth().visible()).isEqualTo(1);
    }

    @Test
    void start_twice_isRefused() {
        consumer.start((_, _) -> Handling.DONE);

        assertThatThrownBy(() -> consumer.start((_, _) -> Handling.DONE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void run_randomFaultsAndHandlings_identityHoldsAndNothingIsLost() {
        var random = new Random(SEED);
        int messages = 400;
        var manyLives = new FakeTaskQueue(clock, 1_000);
        for (int n = 0; n < messages; n++) {
            manyLives.send(List.of(new Outgoing("random-" + n, "body-" + n)));
        }
        consumer = new QueueConsumer(
                manyLives,
                new ConsumerConfig(3, 40, Duration.ofSeconds(5), VISIBILITY, Duration.ofSeconds(5)),
                clock,
                random,
                (step, _) -> failures.add(step));
        for (Call call : List.of(Call.RECEIVE, Call.DELETE)) {
            manyLives.failCalls(call, random.nextInt(4));
            manyLives.loseAnswers(call, random.nextInt(4));
        }
        manyLives.refuseEntries(Call.DELETE, random.nextInt(50));

        consumer.start((_, _) -> switch (random.nextInt(10)) {
            case 0 -> throw new IllegalStateException("planned");
            case 1, 2 -> Handling.RETURN_NOW;
            case 3 -> new Handling.Return(Duration.ofSeconds(1));
            default -> Handling.DONE;
        });

        Await.until("all are gone (seed " + SEED + ")", () -> {
            assertIdentity();
            clock.advance(Duration.ofMillis(100));
            return manyLives.bodies().isEmpty();
        });
        Await.until("nothing is in flight", () -> consumer.stats().inFlight() == 0);
    }

    /** The clock of the test, whose waits of exactly this length are counted and last for a moment. */
    private WaitingClock countingRests(Duration rest, AtomicInteger rests) {
        return new ForwardingClock(clock) {
            @Override
            public boolean await(CountDownLatch latch, Duration atMost) throws InterruptedException {
                boolean resting = atMost.equals(rest);
                rests.addAndGet(resting ? 1 : 0);
                return super.await(latch, resting ? Duration.ofMillis(1) : atMost);
            }
        };
    }

    private QueueConsumer consumer(int pollers, int inFlightMax, Duration drainTime) {
        return consumer(pollers, inFlightMax, drainTime, clock);
    }

    private QueueConsumer consumer(int pollers, int inFlightMax, Duration drainTime, InstantSource time) {
        return new QueueConsumer(
                queue,
                new ConsumerConfig(pollers, inFlightMax, Duration.ofSeconds(20), VISIBILITY, drainTime),
                time,
                new Random(SEED),
                (step, cause) -> {
                    assertThat(cause).isInstanceOfAny(QueueException.class, IllegalStateException.class);
                    failures.add(step);
                });
    }

    private void send(int messages) {
        var call = new ArrayList<Outgoing>();
        for (int n = 0; n < messages; n++) {
            call.add(new Outgoing("id-" + n, "body-" + n));
            if (call.size() == TaskQueue.CALL_MAX || n == messages - 1) {
                assertThat(queue.send(List.copyOf(call))).isEmpty();
                call.clear();
            }
        }
    }

    private void assertIdentity() {
        ConsumerStats stats = consumer.stats();
        assertThat(stats.settled() + stats.returned() + stats.inFlight())
                .as("received = settled + returned + inFlight in %s", stats)
                .isEqualTo(stats.received());
    }

    private static void awaitLatch(CountDownLatch latch) {
        Await.until("the latch is open", () -> latch.getCount() == 0);
    }

    private static void join(Thread thread) {
        Await.until("the thread has ended", () -> !thread.isAlive());
    }
}
