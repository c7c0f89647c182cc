package io.broadcaster.sender.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.Ledger;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.sender.send.BatchResult;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.task.Redrive;
import io.broadcaster.testkit.FakeLedgerStore;
import io.broadcaster.testkit.Fixtures;
import io.broadcaster.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class SettlementTest {
    private static final byte P = OutcomeCode.PENDING.code();
    private static final byte A = OutcomeCode.ACCEPTED.code();
    private static final byte U = OutcomeCode.UNKNOWN.code();
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final TestClock clock = TestClock.atFixtures();
    private final FakeLedgerStore store = new FakeLedgerStore();
    private final Settlement ours = settlement("sender-1");
    private final Settlement theirs = settlement("sender-2");
    private int devicesFromBoth;

    @Test
    void begin_firstDeliveryAtLeastOnce_doesNotAskTheLedger() {
        var start = (Settlement.Start.Send) ours.begin(task(DeliveryPolicy.AT_LEAST_ONCE, false), 3, delivery(1));

        assertThat(start.claimed()).isFalse();
        assertThat(start.plan().maybeSent()).isFalse();
        assertThat(store.writes()).isZero();
    }

    @Test
    void begin_anythingElse_claims() {
        assertThat(claimed(task(DeliveryPolicy.AT_MOST_ONCE, false), 1)).isTrue();
        assertThat(claimed(task(DeliveryPolicy.AT_LEAST_ONCE, true), 1)).isTrue();
        assertThat(claimed(task(DeliveryPolicy.AT_LEAST_ONCE, false), 2)).isTrue();
        clock.advance(Redrive.SAFE_AFTER);
        assertThat(claimed(task(DeliveryPolicy.AT_LEAST_ONCE, false), 1)).isTrue();
    }

    @Test
    void begin_secondDeliveryWithoutARow_mayHaveBeenSent() {
        var start = (Settlement.Start.Send) ours.begin(task(DeliveryPolicy.AT_LEAST_ONCE, false), 3, delivery(2));

        assertThat(start.plan().maybeSent()).isTrue();
    }

    @Test
    void begin_redrivenAfterItsSenderDied_mayHaveBeenSent() {
        BatchTask task = task(DeliveryPolicy.AT_LEAST_ONCE, false);
        ours.begin(task, 3, delivery(1)); // sent, but the sender died before the record
        clock.advance(Duration.ofHours(2));

        var start =
                (Settlement.Start.Send) theirs.begin(task, 3, new Settlement.Delivery(1, clock.instant(), () -> true));

        assertThat(start.plan().maybeSent()).isTrue();
    }

    @Test
    void begin_lateFirstDelivery_wasNotSent() {
        clock.advance(Redrive.SAFE_AFTER);

        var start = (Settlement.Start.Send) ours.begin(task(DeliveryPolicy.AT_LEAST_ONCE, false), 3, delivery(1));

        assertThat(start.claimed()).isTrue();
        assertThat(start.plan().maybeSent()).isFalse();
    }

    @Test
    void begin_claimedByAnother_isHeldThenGranted() {
        theirs.begin(task(DeliveryPolicy.AT_MOST_ONCE, false), 2, delivery(1));

        assertThat(ours.begin(task(DeliveryPolicy.AT_MOST_ONCE, false), 2, delivery(2)))
                .isEqualTo(new Settlement.Start.Held(clock.instant().plus(LEASE)));
        clock.advance(LEASE.plusSeconds(1));
        var start = (Settlement.Start.Send) ours.begin(task(DeliveryPolicy.AT_MOST_ONCE, false), 2, delivery(3));
        assertThat(start.plan().outcomes()).containsExactly(U, U);
    }

    @Test
    void record_givenBackUnsentAtMostOnce_isSentByTheNextOwner() {
        BatchTask task = task(DeliveryPolicy.AT_MOST_ONCE, false);
        var start = (Settlement.Start.Send) ours.begin(task, 3, delivery(1));
        ours.record(start, result(true, A, P, P), () -> true);

        var next = (Settlement.Start.Send) theirs.begin(task, 3, delivery(2));

        assertThat(next.plan().outcomes()).containsExactly(A, P, P);
        assertThat(next.plan().maybeSent()).isFalse();
    }

    @Test
    void record_overtakenByAnother_mergesAndNeverChangesATerminalOutcome() {
        BatchTask task = task(DeliveryPolicy.AT_LEAST_ONCE, false);
        var mine = (Settlement.Start.Send) ours.begin(task, 4, delivery(1));
        var other = (Settlement.Start.Send) theirs.begin(task, 4, delivery(2));
        theirs.record(other, result(false, A, OutcomeCode.BAD_TOKEN.code(), P, P), () -> true);

        OutcomeCounts added =
                ours.record(mine, result(false, A, A, A, P), () -> true).orElseThrow();

        assertThat(row().outcomes()).containsExactly(A, OutcomeCode.BAD_TOKEN.code(), A, P);
        assertThat(added.terminal()).isEqualTo(1);
        assertThat(devicesFromBoth).isEqualTo(2);
    }

    @Test
    void record_whileAnotherHoldsTheClaim_theOthersRecordKeepsOurs() {
        BatchTask task = task(DeliveryPolicy.AT_LEAST_ONCE, false);
        var mine = (Settlement.Start.Send) ours.begin(task, 2, delivery(1));
        var other = (Settlement.Start.Send) theirs.begin(task, 2, delivery(2));

        OutcomeCounts first = ours.record(mine, result(false, A, P), () -> true).orElseThrow();
        OutcomeCounts second = theirs.record(other, result(false, OutcomeCode.THROTTLED.code(), A), () -> true)
                .orElseThrow();

        assertThat(row().outcomes()).containsExactly(A, A);
        assertThat(first.terminal() + second.terminal()).isEqualTo(2);
    }

    @Test
    void record_storeDownAndLeaseLost_isEmpty() {
        var start = (Settlement.Start.Send) ours.begin(task(DeliveryPolicy.AT_LEAST_ONCE, false), 1, delivery(1));
        store.failCalls(FakeLedgerStore.Call.WRITE, 1);

        assertThat(ours.record(start, result(false, A), () -> false)).isEmpty();
    }

    @Test
    void begin_sentLateByTheQueuesClock_claimsThoughOurOwnIsSlow() {
        var late = new Settlement.Delivery(1, Fixtures.NOW.plus(Redrive.SAFE_AFTER), () -> true);

        var start = (Settlement.Start.Send) ours.begin(task(DeliveryPolicy.AT_LEAST_ONCE, false), 3, late);

        assertThat(start.claimed()).isTrue();
    }

    @Test
    void begin_answerOfTheClaimLost_isAskedAgainAndStillTheFirst() {
        store.loseAnswers(FakeLedgerStore.Call.WRITE, 1);

        var start = (Settlement.Start.Send) ours.begin(task(DeliveryPolicy.AT_MOST_ONCE, false), 2, delivery(1));

        assertThat(start.plan().outcomes()).containsExactly(P, P);
        assertThat(start.plan().maybeSent()).isFalse();
    }

    @Test
    void begin_ledgerOut_isAskedUntilTheMessageIsLost() {
        store.failCalls(FakeLedgerStore.Call.READ, 10);
        int[] looks = {0};

        assertThatThrownBy(() -> ours.begin(
                        task(DeliveryPolicy.AT_MOST_ONCE, false),
                        2,
                        new Settlement.Delivery(1, Fixtures.NOW, () -> ++looks[0] < 4)))
                .isInstanceOf(StoreException.class);
        assertThat(looks[0]).isEqualTo(4);
    }

    @Test
    void record_sentFirstOverAnUnsettledClaimOfOurs_isNotTakenForItsRepeat() {
        BatchTask task = task(DeliveryPolicy.AT_LEAST_ONCE, false);
        var redriven = (Settlement.Start.Send) ours.begin(task, 2, delivery(1));
        ours.begin(task, 2, delivery(2));

        ours.record(redriven, result(false, A, A), () -> true);

        assertThat(row().outcomes()).containsExactly(A, A);
    }

    @Test
    void record_mergeMeetsTheOwnersRecord_losesNeither() {
        var meeting = new Meeting(store);
        var merging =
                new Settlement(new Ledger(meeting, "sender-1", LEASE), meeting, new Random(1), clock, new Counting());
        BatchTask task = task(DeliveryPolicy.AT_LEAST_ONCE, false);
        var mine = (Settlement.Start.Send) merging.begin(task, 2, delivery(1));
        var other = (Settlement.Start.Send) theirs.begin(task, 2, delivery(2));
        meeting.afterTheNextRead = () -> theirs.record(other, result(false, P, A), () -> true);

        merging.record(mine, result(false, U, P), () -> true);

        assertThat(row().outcomes()).containsExactly(U, A);
    }

    /** Lets something happen between a read and the write that follows from it. */
    private static final class Meeting implements LedgerStore {
        private final LedgerStore store;
        private Runnable afterTheNextRead = () -> {};

        Meeting(LedgerStore store) {
            this.store = store;
        }

        @Override
        public Optional<LedgerRow> read(BatchKey key) {
            Optional<LedgerRow> row = store.read(key);
            Runnable meanwhile = afterTheNextRead;
            afterTheNextRead = () -> {};
            meanwhile.run();
            return row;
        }

        @Override
        public Write write(LedgerRow row, int expectedEpoch) {
            return store.write(row, expectedEpoch);
        }

        @Override
        public void scan(LaunchId launch, Consumer<LedgerRow> each) {
            store.scan(launch, each);
        }
    }

    private static Settlement.Delivery delivery(int receiveCount) {
        return new Settlement.Delivery(receiveCount, Fixtures.NOW, () -> true);
    }

    private boolean claimed(BatchTask task, int receiveCount) {
        var fresh = new FakeLedgerStore();
        var settlement =
                new Settlement(new Ledger(fresh, "sender-1", LEASE), fresh, new Random(1), clock, new Counting());
        return ((Settlement.Start.Send) settlement.begin(task, 3, delivery(receiveCount))).claimed();
    }

    private Settlement settlement(String worker) {
        return new Settlement(new Ledger(store, worker, LEASE), store, new Random(1), clock, new Counting());
    }

    private LedgerRow row() {
        return store.read(Fixtures.batchKey(Platform.IOS, 0)).orElseThrow();
    }

    private static BatchTask task(DeliveryPolicy policy, boolean mayRepeat) {
        LaunchFacts facts = Fixtures.launchFacts();
        return new BatchTask(
                new LaunchFacts(
                        facts.id(),
                        facts.campaign(),
                        facts.revision(),
                        facts.dispatch(),
                        policy,
                        facts.pressedAt(),
                        facts.notAfter()),
                Platform.IOS,
                0,
                mayRepeat);
    }

    private static BatchResult result(boolean pendingUnsent, byte... outcomes) {
        return new BatchResult(outcomes, pendingUnsent, Instant.EPOCH, Instant.EPOCH, List.of(), outcomes.length);
    }

    private final class Counting implements SettlementListener {
        @Override
        public void recordFailed(StoreException cause) {}

        @Override
        public void superseded(int both) {
            devicesFromBoth += both;
        }
    }
}
