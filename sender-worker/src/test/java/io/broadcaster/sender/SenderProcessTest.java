package io.broadcaster.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.StateName;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.Outcome;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.delivery.Proof;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.Stage;
import io.broadcaster.delivery.TestDevice;
import io.broadcaster.delivery.WorkerProgress;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.Phase;
import io.broadcaster.task.ProofTask;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.testkit.Await;
import io.broadcaster.testkit.FakeLedgerStore;
import io.broadcaster.testkit.FakeTaskQueue;
import io.broadcaster.testkit.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The whole process over fakes with scripted providers, in real time. */
final class SenderProcessTest {
    @Test
    void launch_everyDevice_isSentOnceAndRecordedAndCounted() {
        var world = SenderWorld.atLeastOnce(234, 187);
        Instant since = Instant.parse("2026-01-02T03:04:05Z");
        world.apns.script(token(Platform.IOS, 3), new SendOutcome.Unregistered(since));
        world.fcm.script(token(Platform.ANDROID, 5), new SendOutcome.Rejected(OutcomeCode.BAD_TOKEN));
        try (SenderProcess process = world.start("sender-1")) {
            world.enqueueAll(false);
            Await.until("complete", () -> world.reconciliation().complete());
            Await.until("queues empty", () -> empty(world));
            Await.until("counted", () -> counted(world).terminal() == 421);
            assertThat(process.status().connections()).isEqualTo(2);
        }

        OutcomeCounts counts = world.reconciliation().counts();
        assertThat(counts.of(Outcome.ACCEPTED)).isEqualTo(419);
        assertThat(counts.of(Outcome.UNREGISTERED)).isEqualTo(1);
        assertThat(counts.of(OutcomeCode.BAD_TOKEN)).isEqualTo(1);
        assertThat(world.apns.requests()).isEqualTo(234);
        assertThat(world.fcm.requests()).isEqualTo(187);
        assertThat(world.apns.notificationIds()).isEqualTo(234);
        LedgerRow first = world.ledger.read(world.key(Platform.IOS, 0)).orElseThrow();
        assertThat(first.deadTokens()).containsExactly(new LedgerRow.DeadToken(3, since));
        assertThat(counted(world).of(Outcome.ACCEPTED)).isEqualTo(419);
        assertThat(world.progress.read(world.launch.id()))
                .allSatisfy(progress -> assertThat(progress.histograms())
                        .containsKeys(
                                Stage.BATCH_RECEIVED,
                                Stage.FIRST_REQUEST,
                                Stage.FIRST_ANSWER,
                                Stage.ANSWER,
                                Stage.LAST_ANSWER));
        assertThat(world.workers.all()).isEmpty();
    }

    @Test
    void launch_lostAnswer_isSentAgainUnderTheSameId() {
        var world = SenderWorld.atLeastOnce(10, 0);
        world.apns.script(token(Platform.IOS, 4), ScriptedSender.lost());
        runToCompletion(world);

        assertThat(world.apns.requests(token(Platform.IOS, 4))).isEqualTo(2);
        assertThat(world.apns.notificationIds()).isEqualTo(10);
        assertThat(world.reconciliation().counts().of(Outcome.ACCEPTED)).isEqualTo(10);
    }

    @Test
    void launch_atMostOnceLostAnswer_isUnknownAndNotSentAgain() {
        var world = new SenderWorld(DeliveryPolicy.AT_MOST_ONCE, 10, 0, Duration.ofMinutes(5));
        world.apns.script(token(Platform.IOS, 4), ScriptedSender.lost());
        runToCompletion(world);

        assertThat(world.apns.requests()).isEqualTo(10);
        assertThat(world.reconciliation().counts().of(Outcome.UNKNOWN)).isEqualTo(1);
    }

    @Test
    void batch_mayRepeatAndPartlyRecorded_sendsJustTheRest() {
        var world = SenderWorld.atLeastOnce(10, 0);
        byte[] outcomes = new byte[10];
        Arrays.fill(outcomes, 0, 7, OutcomeCode.ACCEPTED.code());
        world.ledger.write(row(world, 1, "sender-dead", Instant.EPOCH, outcomes), 0);
        try (SenderProcess _ = world.start("sender-1")) {
            world.enqueue(Platform.IOS, 0, true);
            Await.until("complete", () -> world.reconciliation().complete());
        }

        assertThat(world.apns.requests()).isEqualTo(3);
        assertThat(counted(world).terminal()).isEqualTo(3);
    }

    @Test
    void batch_crashBetweenSendAndRecord_isSentAgainByTheNextOwner() {
        var world = SenderWorld.atLeastOnce(10, 0);
        world.enqueue(Platform.IOS, 0, false);
        // a sender that received the batch, sent it, and died: nothing recorded, the message visible again
        world.queue(QueueName.BATCHES_IOS).receive(1, Duration.ZERO, Duration.ofMillis(1), new UUID(1, 1));
        runAndAwait(world);

        assertThat(world.reconciliation().complete()).isTrue();
        assertThat(world.ledger.read(world.key(Platform.IOS, 0)).orElseThrow().epoch())
                .as("claimed, and recorded over the claim")
                .isEqualTo(2);
        assertThat(world.apns.requests()).isEqualTo(10);
    }

    @Test
    void batch_atMostOnceClaimedByADeadSender_becomesUnknownUnsent() {
        var world = new SenderWorld(DeliveryPolicy.AT_MOST_ONCE, 10, 0, Duration.ofMinutes(5));
        byte[] outcomes = new byte[10];
        outcomes[0] = OutcomeCode.ACCEPTED.code();
        world.ledger.write(row(world, 1, "sender-dead", Instant.EPOCH, outcomes), 0);
        runToCompletion(world);

        assertThat(world.apns.requests()).isZero();
        assertThat(world.reconciliation().counts().of(Outcome.UNKNOWN)).isEqualTo(9);
    }

    @Test
    void batch_heldByAnother_waitsForItsLease() {
        var world = new SenderWorld(DeliveryPolicy.AT_MOST_ONCE, 10, 0, Duration.ofMinutes(5));
        Instant until = Instant.now().plusMillis(1_500);
        world.ledger.write(row(world, 1, "sender-other", until, new byte[10]), 0);
        runToCompletion(world);

        assertThat(world.apns.requests()).isZero();
        assertThat(Instant.now()).isAfter(until);
    }

    @Test
    void launch_aborted_suppressesTheRestAndKeepsWhatWasSent() {
        var world = SenderWorld.atLeastOnce(400, 0);
        world.apns.hold();
        try (SenderProcess _ = world.start("sender-1")) {
            world.enqueueAll(false);
            Await.until("some in flight", () -> world.apns.requests() >= 100);
            world.abort();
            Await.until("abort found", () -> world.found.contains(StateName.ABORTED));
            world.apns.release();
            Await.until("complete", () -> world.reconciliation().complete());
        }

        OutcomeCounts counts = world.reconciliation().counts();
        assertThat(counts.of(Outcome.SUPPRESSED)).isPositive();
        assertThat(counts.of(Outcome.ACCEPTED)).isEqualTo(world.apns.requests());
        assertThat(counts.terminal()).isEqualTo(400);
    }

    @Test
    void launch_afterNotAfter_expiresWithoutARequest() {
        var world = new SenderWorld(DeliveryPolicy.AT_LEAST_ONCE, 50, 30, Duration.ofMillis(-1));
        runToCompletion(world);

        assertThat(world.apns.requests() + world.fcm.requests()).isZero();
        assertThat(world.reconciliation().counts().of(Outcome.EXPIRED)).isEqualTo(80);
    }

    @Test
    void close_batchesInFlight_recordsWhatIsKnownAndGivesTheRestBack() {
        var world = SenderWorld.atLeastOnce(100, 0);
        world.apns.hold();
        SenderProcess first = world.start("sender-1");
        world.enqueueAll(false);
        Await.until("in flight", () -> world.apns.requests() == 100);
        first.close();

        assertThat(world.workers.all()).isEmpty();
        assertThat(world.reconciliation().counts().of(Outcome.PENDING)).isEqualTo(100);
        world.apns.release();
        try (SenderProcess _ = world.start("sender-2")) {
            Await.until("complete", () -> world.reconciliation().complete());
            Await.until("queues empty", () -> empty(world));
        }
        assertThat(world.reconciliation().counts().of(Outcome.ACCEPTED)).isEqualTo(100);
    }

    @Test
    void close_answersComeWithinTheDrainTime_losesNothing() {
        var world = SenderWorld.atLeastOnce(100, 0);
        world.apns.hold();
        SenderProcess process = world.start("sender-1");
        world.enqueueAll(false);
        Await.until("in flight", () -> world.apns.requests() == 100);
        Thread closing = Thread.ofVirtual().start(process::close);
        world.apns.release();
        Await.until("closed", () -> !closing.isAlive());

        assertThat(world.reconciliation().counts().of(Outcome.ACCEPTED)).isEqualTo(100);
        assertThat(world.apns.requests()).isEqualTo(100);
        assertThat(empty(world)).isTrue();
    }

    @Test
    void record_storeFails_isWrittenAgainWithoutSendingAgain() {
        var world = SenderWorld.atLeastOnce(30, 0);
        world.ledger.failCalls(FakeLedgerStore.Call.WRITE, 2);
        world.ledger.loseAnswers(FakeLedgerStore.Call.WRITE, 1);
        runToCompletion(world);

        assertThat(world.apns.requests()).isEqualTo(30);
        assertThat(world.registry
                        .get("broadcaster.sender.records.failed")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void lease_lostInFlight_stopsAndTheNextDeliverySettles() {
        var world = SenderWorld.atLeastOnce(10, 0);
        world.apns.hold();
        try (SenderProcess _ = world.start("sender-1")) {
            world.queue(QueueName.BATCHES_IOS).failCalls(FakeTaskQueue.Call.EXTEND, 1_000);
            world.enqueue(Platform.IOS, 0, false);
            Await.until("in flight", () -> world.apns.requests() == 10);
            Await.until(
                    "recorded",
                    () -> world.ledger.read(world.key(Platform.IOS, 0)).isPresent());
            LedgerRow row = world.ledger.read(world.key(Platform.IOS, 0)).orElseThrow();
            assertThat(row.count(OutcomeCode.PENDING)).isEqualTo(10);
            assertThat(row.owner()).isEqualTo("sender-1");
            world.apns.release();
            Await.until("complete", () -> world.reconciliation().complete());
        }
    }

    @Test
    void readiness_snapshotLoadedAndConnectionsWarm_isReady() {
        var world = SenderWorld.atLeastOnce(20, 20);
        world.fcm.setCold(true);
        try (SenderProcess _ = world.start("sender-1")) {
            Await.until("warming", () -> phase(world) == Phase.WARMING);
            world.fcm.setCold(false);
            Await.until(
                    "ready",
                    () -> world.workers.all().stream()
                            .anyMatch(status -> status.readyFor(world.snapshot.manifestSha256())));
        }
    }

    @Test
    void readiness_aWarmUpThrows_isTriedAgain() {
        var world = SenderWorld.atLeastOnce(20, 20);
        world.apns.breakWarmUps(1);
        try (SenderProcess _ = world.start("sender-1")) {
            Await.until(
                    "ready",
                    () -> world.workers.all().stream()
                            .anyMatch(status -> status.readyFor(world.snapshot.manifestSha256())));
        }
    }

    @Test
    void readiness_snapshotDoesNotFit_isFailedWithDetail() {
        var world = SenderWorld.atLeastOnce(20, 20);
        try (SenderProcess _ = world.start("sender-1", 100)) {
            Await.until("failed", () -> phase(world) == Phase.FAILED);
            assertThat(world.workers.all().getFirst().snapshots().getFirst().detail())
                    .contains("sender.snapshot-memory of 100");
        }
    }

    @Test
    void readiness_tokensCorrupt_isFailedAndNothingIsSent() {
        var world = SenderWorld.atLeastOnce(20, 20);
        world.objects.corrupt("campaigns/big-game/1/ios-tokens.arrow", 700);
        try (SenderProcess _ = world.start("sender-1")) {
            Await.until("failed", () -> phase(world) == Phase.FAILED);
            world.enqueueAll(false);
            Await.until(
                    "returned", () -> world.queue(QueueName.BATCHES_IOS).depth().inFlight() > 0);
        }
        assertThat(world.apns.requests() + world.fcm.requests()).isZero();
    }

    @Test
    void proof_testDevice_isSentThePayloadAndAnswered() {
        var world = SenderWorld.atLeastOnce(20, 0);
        world.testDevices.put(new TestDevice(
                "adas-phone", "ada", Platform.IOS, Fixtures.token(Platform.IOS, 9_999), Fixtures.GERMAN));
        world.proofs.put(new Proof(
                "p1",
                Fixtures.CAMPAIGN,
                1,
                world.snapshot.contentHash(),
                "adas-phone",
                Platform.IOS,
                Fixtures.GERMAN,
                "ada",
                Instant.now(),
                OutcomeCode.PENDING));
        var task = new ProofTask(Fixtures.CAMPAIGN, 1, "p1", Platform.IOS);
        try (SenderProcess _ = world.start("sender-1")) {
            world.queue(QueueName.PROOFS).send(List.of(new Outgoing(task.messageId(), TaskCodec.write(task))));
            Await.until(
                    "answered",
                    () -> world.proofs
                                    .find(Fixtures.CAMPAIGN, "p1")
                                    .orElseThrow()
                                    .result()
                            == OutcomeCode.ACCEPTED);
        }
        assertThat(world.apns.requests(token(Platform.IOS, 9_999))).isEqualTo(1);
    }

    private static void runToCompletion(SenderWorld world) {
        world.enqueueAll(false);
        runAndAwait(world);
    }

    private static void runAndAwait(SenderWorld world) {
        try (SenderProcess _ = world.start("sender-1")) {
            Await.until("complete", () -> world.reconciliation().complete());
            Await.until("queues empty", () -> empty(world));
        }
    }

    private static boolean empty(SenderWorld world) {
        return world.queues.values().stream().allMatch(queue -> queue.bodies().isEmpty());
    }

    private static OutcomeCounts counted(SenderWorld world) {
        var sum = new OutcomeCounts();
        world.progress.read(world.launch.id()).stream()
                .map(WorkerProgress::counts)
                .forEach(counts -> counts.values().forEach(sum::add));
        return sum;
    }

    private static Phase phase(SenderWorld world) {
        return world.workers.all().stream()
                .map(WorkerStatus::snapshots)
                .filter(snapshots -> !snapshots.isEmpty())
                .map(snapshots -> snapshots.getFirst().phase())
                .findFirst()
                .orElse(Phase.LOADING);
    }

    private static LedgerRow row(SenderWorld world, int epoch, String owner, Instant leaseUntil, byte[] outcomes) {
        return new LedgerRow(
                world.key(Platform.IOS, 0),
                epoch,
                owner,
                leaseUntil,
                outcomes,
                Instant.EPOCH,
                Instant.EPOCH,
                List.of());
    }

    private static String token(Platform platform, int n) {
        return Fixtures.token(platform, n).value();
    }
}
