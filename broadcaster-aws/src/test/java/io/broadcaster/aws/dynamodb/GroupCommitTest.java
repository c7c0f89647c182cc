package io.broadcaster.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.aws.dynamodb.ScriptedDynamo.Fault;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.LedgerStore.Write;
import io.broadcaster.testkit.Await;
import io.broadcaster.testkit.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writes of many threads go together, each answered for itself whatever becomes of the others. */
@Timeout(90)
final class GroupCommitTest {
    private static final LaunchId LAUNCH = LaunchId.of(new CampaignId("group-commit"), 1);
    private static final int WAITING_MAX = 8;

    private final ScriptedDynamo dynamo = new ScriptedDynamo();
    private final Repeats.Pauses pauses = new Repeats.Pauses(new Random(1), new NoWaits());
    private final Table table = new Table(dynamo, "ledger", pauses);
    private final GroupCommit commit =
            new GroupCommit(table, new GroupCommit.Bounds(5, 1, WAITING_MAX, Duration.ZERO), pauses);
    private final LedgerTable ledger = new LedgerTable(table, commit, () -> Fixtures.NOW);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        dynamo.gate.release();
        threads.close();
    }

    @Test
    void write_alone_isAPlainPut() {
        assertThat(ledger.write(row(0, "a"), LedgerStore.ABSENT)).isEqualTo(Write.WRITTEN);

        assertThat(dynamo.calls()).containsExactly(0);
    }

    @Test
    void write_oneRowPerCall_neverGathers() {
        var single = new GroupCommit(table, GroupCommit.Bounds.ofRows(1), pauses);
        var plain = new LedgerTable(table, single, () -> Fixtures.NOW);

        assertThat(plain.write(row(0, "a"), LedgerStore.ABSENT)).isEqualTo(Write.WRITTEN);
        assertThat(plain.write(row(0, "b"), LedgerStore.ABSENT)).isEqualTo(Write.SUPERSEDED);

        assertThat(dynamo.calls()).containsExactly(0, 0);
    }

    @Test
    void write_behindACall_goTogetherInCallsOfTheBound() throws Exception {
        List<Future<Write>> writes = gathered(rows(0, 7, "a"));

        assertThat(answers(writes)).hasSize(7).containsOnly(Write.WRITTEN);
        assertThat(dynamo.calls()).containsExactly(0, 5, 2);
        assertThat(commit.figures()).isEqualTo(new LedgerWrites(0, WAITING_MAX, 0, 1, 3, 8));
    }

    @Test
    void write_someRowsTaken_areSupersededAndTheOthersWritten() throws Exception {
        ledger.write(row(1, "other"), LedgerStore.ABSENT);
        ledger.write(row(3, "other"), LedgerStore.ABSENT);

        List<Future<Write>> writes = gathered(rows(0, 5, "a"));

        assertThat(answers(writes))
                .containsExactly(Write.WRITTEN, Write.SUPERSEDED, Write.WRITTEN, Write.SUPERSEDED, Write.WRITTEN);
        assertThat(dynamo.calls()).containsExactly(0, 0, 0, 5, 3);
    }

    @Test
    void write_allRowsTaken_areAllSuperseded() throws Exception {
        for (int i = 0; i < 3; i++) {
            ledger.write(row(i, "other"), LedgerStore.ABSENT);
        }

        assertThat(answers(gathered(rows(0, 3, "a")))).containsOnly(Write.SUPERSEDED);
    }

    @Test
    void write_nextEpochAmongFirstRows_eachUnderItsOwnCondition() throws Exception {
        ledger.write(row(0, "other"), LedgerStore.ABSENT);
        var next =
                new LedgerRow(key(0), 2, "a", Instant.EPOCH, new byte[] {1}, Instant.EPOCH, Instant.EPOCH, List.of());

        List<Future<Write>> writes = gatheredAt(List.of(next, row(1, "a")), List.of(1, LedgerStore.ABSENT));

        assertThat(answers(writes)).containsOnly(Write.WRITTEN);
    }

    @Test
    void write_conflicts_areRepeatedTogether() throws Exception {
        dynamo.plan.addAll(List.of(Fault.NONE, Fault.CONFLICT, Fault.CONFLICT));

        assertThat(answers(gathered(rows(0, 3, "a")))).containsOnly(Write.WRITTEN);

        assertThat(dynamo.calls()).containsExactly(0, 3, 3, 3);
    }

    @Test
    void write_conflictsWithoutEnd_giveUpAfterTheBound() {
        dynamo.plan.add(Fault.NONE);
        for (int i = 0; i <= Repeats.MAX; i++) {
            dynamo.plan.add(Fault.CONFLICT);
        }

        List<Future<Write>> writes = gathered(rows(0, 2, "a"));

        assertThat(writes).allSatisfy(write -> assertFails(write, "repeats"));
        assertThat(dynamo.calls()).hasSize(2 + Repeats.MAX);
    }

    @Test
    void write_answerOfTheTransactionLost_failsAndItsRepeatIsWritten() throws Exception {
        dynamo.plan.addAll(List.of(Fault.NONE, Fault.LOST_AFTER));
        List<LedgerRow> rows = rows(0, 3, "a");

        assertThat(gathered(rows)).allSatisfy(write -> assertFails(write, "timed out"));

        assertThat(answers(gathered(rows))).containsOnly(Write.WRITTEN);
        assertThat(ledger.write(row(0, "b"), LedgerStore.ABSENT)).isEqualTo(Write.SUPERSEDED);
    }

    @Test
    void write_transactionLostOnItsWay_failsAndItsRepeatIsWritten() throws Exception {
        dynamo.plan.addAll(List.of(Fault.NONE, Fault.LOST_BEFORE));
        List<LedgerRow> rows = rows(0, 3, "a");

        assertThat(gathered(rows)).allSatisfy(write -> assertFails(write, "timed out"));

        assertThat(answers(gathered(rows))).containsOnly(Write.WRITTEN);
    }

    @Test
    void write_oneRowThatDynamoDbDoesNotTake_failsAlone() throws Exception {
        var invalid =
                new LedgerRow(key(1), 1, "a", Instant.EPOCH, new byte[0], Instant.EPOCH, Instant.EPOCH, List.of());

        List<Future<Write>> writes = gathered(List.of(row(0, "a"), invalid, row(2, "a")));

        assertThat(writes.get(0).get()).isEqualTo(Write.WRITTEN);
        assertFails(writes.get(1), "write of table ledger failed");
        assertThat(writes.get(2).get()).isEqualTo(Write.WRITTEN);
    }

    @Test
    void write_sameBatchTwice_neverInOneCall() throws Exception {
        List<Future<Write>> writes = gathered(List.of(row(0, "a"), row(0, "b"), row(1, "a")));

        assertThat(answers(writes)).containsExactly(Write.WRITTEN, Write.SUPERSEDED, Write.WRITTEN);
        assertThat(dynamo.calls()).containsExactly(0, 2, 0);
    }

    @Test
    void write_moreThanMayWait_waitsOutside() throws Exception {
        List<Future<Write>> writes = gathering(rows(0, WAITING_MAX, "a"), ones(WAITING_MAX));
        Future<Write> outside = threads.submit(() -> ledger.write(row(99, "a"), LedgerStore.ABSENT));

        assertThat(commit.figures()).isEqualTo(new LedgerWrites(WAITING_MAX, WAITING_MAX, 1, 1, 1, 0));
        dynamo.gate.release();

        assertThat(answers(writes)).containsOnly(Write.WRITTEN);
        assertThat(outside.get()).isEqualTo(Write.WRITTEN);
    }

    @Test
    void write_clientClosedWhileWaiting_failsEveryWaiter() {
        dynamo.plan.addAll(List.of(Fault.CLOSED, Fault.CLOSED, Fault.CLOSED));

        List<Future<Write>> writes = gathered(rows(0, 7, "a"));

        assertThat(writes).allSatisfy(write -> assertFails(write, "shut down"));
        assertThat(commit.figures().rowsWaiting()).isZero();
    }

    @Test
    void write_callerInterrupted_leavesAndTheOthersAreWritten() throws Exception {
        List<Future<Write>> writes = gathering(rows(0, 3, "a"), ones(3));

        writes.get(1).cancel(true);
        Await.until("rows wait", () -> commit.figures().rowsWaiting() == 2);
        dynamo.gate.release();

        assertThat(writes.get(0).get()).isEqualTo(Write.WRITTEN);
        assertThat(writes.get(2).get()).isEqualTo(Write.WRITTEN);
        assertThat(dynamo.calls()).containsExactly(0, 2);
    }

    /** Writes that all wait behind one call, in their order; then the way is free. */
    private List<Future<Write>> gathered(List<LedgerRow> rows) {
        return gatheredAt(rows, ones(rows.size()));
    }

    private List<Future<Write>> gatheredAt(List<LedgerRow> rows, List<Integer> expectedEpochs) {
        List<Future<Write>> writes = gathering(rows, expectedEpochs);
        dynamo.gate.release();
        return writes;
    }

    private List<Future<Write>> gathering(List<LedgerRow> rows, List<Integer> expectedEpochs) {
        dynamo.arrivals.drainPermits();
        dynamo.closeGate();
        var _ = threads.submit(() -> ledger.write(row(1_000 + dynamo.calls().size(), "first"), LedgerStore.ABSENT));
        dynamo.arrivals.acquireUninterruptibly();
        var writes = new ArrayList<Future<Write>>();
        for (int i = 0; i < rows.size(); i++) {
            LedgerRow row = rows.get(i);
            int expected = expectedEpochs.get(i);
            writes.add(threads.submit(() -> ledger.write(row, expected)));
            int waiting = i + 1;
            Await.until("rows wait", () -> commit.figures().rowsWaiting() == waiting);
        }
        return writes;
    }

    private static List<Integer> ones(int rows) {
        return Collections.nCopies(rows, LedgerStore.ABSENT);
    }

    private static List<Write> answers(List<Future<Write>> writes) throws Exception {
        var answers = new ArrayList<Write>();
        for (Future<Write> write : writes) {
            answers.add(write.get());
        }
        return answers;
    }

    private static void assertFails(Future<Write> write, String how) {
        assertThatThrownBy(write::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(StoreException.class)
                .hasStackTraceContaining(how);
    }

    private static List<LedgerRow> rows(int first, int count, String owner) {
        var rows = new ArrayList<LedgerRow>();
        for (int i = first; i < first + count; i++) {
            rows.add(row(i, owner));
        }
        return rows;
    }

    private static BatchKey key(int batch) {
        return new BatchKey(LAUNCH, Platform.IOS, batch);
    }

    private static LedgerRow row(int batch, String owner) {
        return new LedgerRow(
                key(batch), 1, owner, Instant.EPOCH, new byte[] {1, 1}, Instant.EPOCH, Instant.EPOCH, List.of());
    }
}
