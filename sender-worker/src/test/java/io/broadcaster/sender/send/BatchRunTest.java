package io.broadcaster.sender.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.delivery.LedgerRow.DeadToken;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.AmbiguousCause;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BatchRunTest {
    private static final RetryPolicy RETRY =
            new RetryPolicy(4, 2, Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofMinutes(60));
    private static final SendOutcome LOST = new SendOutcome.Ambiguous(AmbiguousCause.RESET);
    private static final SendOutcome REFUSED = new SendOutcome.Unprocessed(UnprocessedCause.STREAM_REFUSED);
    private static final SendOutcome WITHDRAWN = new SendOutcome.Unprocessed(UnprocessedCause.WITHDRAWN);

    private final TestClock clock = TestClock.atFixtures();
    private final Seen seen = new Seen();
    private final List<String> wakes = new ArrayList<>();

    @Test
    void takeDue_atFirst_isEveryPendingDeviceOnce() {
        BatchRun run = run(plan(DeliveryPolicy.AT_LEAST_ONCE, 0, OutcomeCode.ACCEPTED.code(), 0));

        assertThat(run.takeDue(500)).containsExactly(0, 2);
        assertThat(run.takeDue(500)).isEmpty();
    }

    @Test
    void takeDue_limited_leavesTheRestDue() {
        BatchRun run = run(atLeastOnce(3));

        assertThat(run.takeDue(2)).containsExactly(0, 1);
        assertThat(run.due()).isEqualTo(1);
        assertThat(run.takeDue(2)).containsExactly(2);
    }

    @Test
    void accepted_manyAtOnce_settlesEachOutstandingOneOnce() {
        BatchRun run = run(atLeastOnce(4));
        run.takeDue(3);
        run.started();

        run.accepted(new int[] {0, 2, 3, 9}, 2);
        run.accepted(new int[] {0, 2, 3}, 3);

        assertThat(seen.settled).isEqualTo(2);
        assertThat(seen.firstAnswers).isEqualTo(1);
        assertThat(run.finished()).isFalse();
        assertThat(codes(run.result()))
                .as("device 3 was never taken, so that no answer can be its")
                .containsExactly(OutcomeCode.ACCEPTED, OutcomeCode.PENDING, OutcomeCode.ACCEPTED, OutcomeCode.PENDING);
    }

    @Test
    void accepted_theRest_finishesAndWakesTheDriver() {
        BatchRun run = run(atLeastOnce(2));
        run.takeDue(2);

        run.accepted(new int[] {1, 0}, 2);

        assertThat(run.finished()).isTrue();
        assertThat(wakes).hasSize(1);
    }

    @Test
    void answered_terminalForAll_finishesWithEachOutcome() {
        BatchRun run = run(atLeastOnce(3));
        run.takeDue(500);
        run.started();
        clock.advance(Duration.ofMillis(30));
        Instant since = clock.instant().minusSeconds(60);

        run.answered(0, SendOutcome.ACCEPTED);
        run.answered(1, new SendOutcome.Unregistered(since));
        run.answered(2, new SendOutcome.Rejected(OutcomeCode.BAD_TOKEN));

        assertThat(run.finished()).isTrue();
        assertThat(wakes).hasSize(1);
        BatchResult result = run.result();
        assertThat(codes(result))
                .containsExactly(OutcomeCode.ACCEPTED, OutcomeCode.UNREGISTERED, OutcomeCode.BAD_TOKEN);
        assertThat(result.deadTokens()).containsExactly(new DeadToken(1, since));
        assertThat(result.requests()).isEqualTo(3);
        assertThat(result.lastAnsweredAt()).isEqualTo(clock.instant());
        assertThat(result.firstSentAt()).isEqualTo(clock.instant().minusMillis(30));
        assertThat(seen.settled).isEqualTo(3);
        assertThat(seen.firstAnswers).isEqualTo(1);
    }

    @Test
    void answered_twice_countsOnce() {
        BatchRun run = run(atLeastOnce(2));
        run.takeDue(500);
        run.answered(0, SendOutcome.ACCEPTED);
        run.answered(0, new SendOutcome.Rejected(OutcomeCode.BAD_TOKEN));

        assertThat(run.finished()).isFalse();
        assertThat(codes(run.result())).containsExactly(OutcomeCode.ACCEPTED, OutcomeCode.PENDING);
    }

    @Test
    void answered_unprocessed_isDueAgainAfterAPauseThatGrows() {
        BatchRun run = run(atLeastOnce(1));
        Duration before = Duration.ZERO;
        for (int request = 1; request < RETRY.requestsMax(); request++) {
            assertThat(run.takeDue(500)).containsExactly(0);
            run.answered(0, REFUSED);
            Duration pause = Duration.between(clock.instant(), run.nextDue());
            assertThat(pause)
                    .isBetween(Duration.ofMillis(50L << (request - 1)), Duration.ofMillis(100L << (request - 1)));
            assertThat(pause).isGreaterThanOrEqualTo(before);
            assertThat(run.takeDue(500)).isEmpty();
            clock.advance(pause);
            before = pause;
        }
        run.takeDue(500);
        run.answered(0, REFUSED);

        assertThat(codes(run.result())).containsExactly(OutcomeCode.UNAVAILABLE);
        assertThat(run.result().requests()).isEqualTo(4);
    }

    @Test
    void answered_throttled_waitsAtLeastAsLongAsAsked() {
        BatchRun run = run(atLeastOnce(1));
        run.takeDue(500);
        run.answered(0, new SendOutcome.Throttled(Duration.ofSeconds(60)));

        assertThat(Duration.between(clock.instant(), run.nextDue()))
                .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66));
    }

    @Test
    void answered_throttledBeyondTheBudget_isThrottled() {
        BatchRun run = run(atLeastOnce(1));
        for (int request = 0; request < RETRY.requestsMax(); request++) {
            run.takeDue(500);
            run.answered(0, new SendOutcome.Throttled(Duration.ofSeconds(1)));
            clock.advance(Duration.ofSeconds(11));
        }

        assertThat(codes(run.result())).containsExactly(OutcomeCode.THROTTLED);
    }

    @Test
    void answered_pauseBeyondGiveUp_endsTheBudget() {
        BatchRun run = run(atLeastOnce(1));
        run.takeDue(500);
        run.started();
        clock.advance(Duration.ofMinutes(59));
        run.answered(0, new SendOutcome.Throttled(Duration.ofMinutes(2)));

        assertThat(codes(run.result())).containsExactly(OutcomeCode.THROTTLED);
    }

    @Test
    void answered_ambiguousAtLeastOnce_isSentAgainThenUnknown() {
        BatchRun run = run(atLeastOnce(1));
        run.takeDue(500);
        run.answered(0, LOST);
        assertThat(codes(run.result())).containsExactly(OutcomeCode.PENDING);
        assertThat(run.result().pendingUnsent()).isFalse();
        clock.set(run.nextDue());
        assertThat(run.takeDue(500)).containsExactly(0);
        run.answered(0, LOST);

        assertThat(codes(run.result())).containsExactly(OutcomeCode.UNKNOWN);
    }

    @Test
    void answered_ambiguousAtMostOnce_isUnknownAtOnce() {
        BatchRun run = run(plan(DeliveryPolicy.AT_MOST_ONCE, 0, 0));
        run.takeDue(500);
        run.answered(0, LOST);
        run.answered(1, REFUSED);

        assertThat(codes(run.result())).containsExactly(OutcomeCode.UNKNOWN, OutcomeCode.PENDING);
        clock.advance(Duration.ofSeconds(1));
        assertThat(run.takeDue(500)).containsExactly(1);
    }

    @Test
    void answered_budgetEndsAfterAnAmbiguousAttempt_isUnknownNotUnavailable() {
        BatchRun run = run(atLeastOnce(1));
        run.takeDue(500);
        run.answered(0, LOST);
        for (int request = 1; request < RETRY.requestsMax(); request++) {
            clock.advance(Duration.ofSeconds(11));
            run.takeDue(500);
            run.answered(0, REFUSED);
        }

        assertThat(codes(run.result())).containsExactly(OutcomeCode.UNKNOWN);
    }

    @Test
    void answered_withdrawn_isNoRequestAndNoAnswer() {
        BatchRun run = run(atLeastOnce(1));
        run.takeDue(500);
        run.answered(0, WITHDRAWN);

        assertThat(run.result().requests()).isZero();
        assertThat(run.result().lastAnsweredAt()).isEqualTo(Instant.EPOCH);
        assertThat(run.result().pendingUnsent()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Stop.class,
            names = {"EXPIRED", "ABORTED"})
    void stop_endsTheUnsentAtOnceAndWaitsForTheOutstanding(Stop why) {
        OutcomeCode code = why == Stop.EXPIRED ? OutcomeCode.EXPIRED : OutcomeCode.SUPPRESSED;
        BatchRun run = run(atLeastOnce(5));
        run.takeDue(4);
        run.answered(0, LOST);

        run.stop(why);

        assertThat(run.finished()).isFalse();
        assertThat(run.takeDue(500)).isEmpty();
        run.answered(1, SendOutcome.ACCEPTED);
        run.answered(2, new SendOutcome.Throttled(Duration.ofSeconds(1)));
        run.answered(3, WITHDRAWN);
        assertThat(run.finished()).isTrue();
        assertThat(codes(run.result())).containsExactly(OutcomeCode.UNKNOWN, OutcomeCode.ACCEPTED, code, code, code);
    }

    @Test
    void stop_expiredWhenAnEarlierOwnerMayHaveSent_isUnknown() {
        BatchRun run = run(new BatchPlan(new byte[2], true, DeliveryPolicy.AT_LEAST_ONCE, clock.instant()));
        run.stop(Stop.EXPIRED);

        assertThat(codes(run.result())).containsOnly(OutcomeCode.UNKNOWN);
    }

    @Test
    void stop_givenBackAtLeastOnce_leavesPendingForTheNextOwner() {
        BatchRun run = run(atLeastOnce(3));
        run.takeDue(2);
        run.answered(0, SendOutcome.ACCEPTED);

        run.stop(Stop.GIVEN_BACK);

        assertThat(run.finished()).isTrue();
        assertThat(codes(run.result())).containsExactly(OutcomeCode.ACCEPTED, OutcomeCode.PENDING, OutcomeCode.PENDING);
        assertThat(run.result().pendingUnsent()).isFalse();
        run.answered(1, SendOutcome.ACCEPTED);
        assertThat(codes(run.result())).contains(OutcomeCode.PENDING);
    }

    @Test
    void stop_givenBackAtMostOnce_makesTheOutstandingUnknownAndKeepsTheUnsent() {
        BatchRun run = run(plan(DeliveryPolicy.AT_MOST_ONCE, 0, 0));
        run.takeDue(1);

        run.stop(Stop.GIVEN_BACK);

        assertThat(codes(run.result())).containsExactly(OutcomeCode.UNKNOWN, OutcomeCode.PENDING);
        assertThat(run.result().pendingUnsent()).isTrue();
    }

    @Test
    void stop_givenBackAfterExpired_doesNotWaitForTheOutstanding() {
        BatchRun run = run(atLeastOnce(2));
        run.takeDue(1);
        run.stop(Stop.EXPIRED);
        assertThat(run.finished()).isFalse();

        run.stop(Stop.GIVEN_BACK);

        assertThat(run.finished()).isTrue();
        assertThat(codes(run.result())).containsExactly(OutcomeCode.PENDING, OutcomeCode.EXPIRED);
    }

    private BatchRun run(BatchPlan plan) {
        return new BatchRun(
                plan, RETRY, new BatchRun.TimeAndChance(clock, new SplittableRandom(7)), seen, () -> wakes.add("wake"));
    }

    private BatchPlan atLeastOnce(int devices) {
        return plan(DeliveryPolicy.AT_LEAST_ONCE, new int[devices]);
    }

    private BatchPlan plan(DeliveryPolicy policy, int... outcomes) {
        byte[] bytes = new byte[outcomes.length];
        for (int i = 0; i < outcomes.length; i++) {
            bytes[i] = (byte) outcomes[i];
        }
        return new BatchPlan(bytes, false, policy, clock.instant().plusSeconds(600));
    }

    private static List<OutcomeCode> codes(BatchResult result) {
        byte[] outcomes = result.outcomes();
        var boxed = new Byte[outcomes.length];
        Arrays.setAll(boxed, i -> outcomes[i]);
        return Arrays.stream(boxed).map(OutcomeCode::of).toList();
    }

    private static final class Seen implements BatchObserver {
        int settled;
        int firstAnswers;

        @Override
        public void firstRequest(Instant at) {}

        @Override
        public void firstAnswer(Instant at) {
            firstAnswers++;
        }

        @Override
        public void attempts(SendOutcome outcome, int devices) {}

        @Override
        public void settled(OutcomeCode code, int devices, Instant at) {
            settled += devices;
        }
    }
}
