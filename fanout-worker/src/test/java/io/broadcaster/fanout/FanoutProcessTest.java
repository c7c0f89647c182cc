package io.broadcaster.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.Stage;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.ConsumerStats;
import io.broadcaster.task.SliceTask;
import io.broadcaster.task.Slicing;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.telemetry.LaunchProgress;
import io.broadcaster.telemetry.LaunchTimings;
import io.broadcaster.testkit.Await;
import io.broadcaster.testkit.FakeProgressStore;
import io.broadcaster.testkit.FakeTaskQueue;
import io.broadcaster.testkit.FakeTaskQueue.Call;
import io.broadcaster.testkit.Fixtures;
import io.broadcaster.testkit.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FanoutProcessTest {
    private static final long SEED = 4_000_000;

    private final TestClock clock = TestClock.atFixtures();
    private final FakeTaskQueue slices = new FakeTaskQueue(clock);
    private final Map<Platform, FakeTaskQueue> batches = new EnumMap<>(Map.of(
            Platform.IOS, new FakeTaskQueue(clock),
            Platform.ANDROID, new FakeTaskQueue(clock)));
    private final FakeProgressStore progress = new FakeProgressStore();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<FanoutProcess> started = new ArrayList<>();
    private LaunchTimings timings;

    @BeforeEach
    void startTimings() {
        timings = new LaunchTimings(progress, "fanout-test", clock, Duration.ofHours(1));
    }

    @AfterEach
    void closeAll() {
        started.forEach(FanoutProcess::close);
        for (FanoutProcess process : started) {
            ConsumerStats stats = process.stats();
            assertThat(stats.inFlight()).isZero();
            assertThat(stats.received()).isEqualTo(stats.settled() + stats.returned());
        }
        timings.close();
    }

    @Test
    void launch_firstDispatch_everyBatchIsInItsQueueOnceAndNoSliceIsLeft() {
        SnapshotSummary snapshot = Fixtures.snapshot(600_000, 400_000);
        dispatch(snapshot);
        clock.advance(Duration.ofMillis(40));

        start(Map.of());

        Await.until("no slice is left", () -> slices.bodies().isEmpty());
        assertBatches(Platform.IOS, snapshot, false);
        assertBatches(Platform.ANDROID, snapshot, false);
        assertThat(registry.get("broadcaster.fanout.batches.sent")
                        .tag("platform", "ios")
                        .counter()
                        .count())
                .isEqualTo(1_200);
    }

    @Test
    void launch_stageBatchSent_oncePerBatchSinceThePress() {
        dispatch(Fixtures.snapshot(60_000, 40_000));
        clock.advance(Duration.ofMillis(40));

        start(Map.of());
        Await.until("no slice is left", () -> slices.bodies().isEmpty());
        timings.flush();

        var merged = LaunchProgress.merge(
                progress.read(Fixtures.launch(Fixtures.CAMPAIGN).id()));
        assertThat(merged.count(Stage.BATCH_SENT)).isEqualTo(280);
        assertThat(merged.percentile(Stage.BATCH_SENT, 50)).isBetween(39.9, 40.1);
    }

    @Test
    void launch_twoWorkersAndDispatchedTwice_everyBatchOnce() {
        SnapshotSummary snapshot = Fixtures.snapshot(100_000, 100_000);
        dispatch(snapshot);
        dispatch(snapshot);

        start(Map.of());
        start(Map.of());

        Await.until("no slice is left", () -> slices.bodies().isEmpty());
        assertBatches(Platform.IOS, snapshot, false);
        assertBatches(Platform.ANDROID, snapshot, false);
    }

    @Test
    void slice_someEntriesAndCallsFail_justThoseAreSentAgain() {
        FakeTaskQueue ios = queue(Platform.IOS);
        ios.refuseEntries(Call.SEND, 13);
        ios.failCalls(Call.SEND, 2);
        ios.loseAnswers(Call.SEND, 2);
        send(Fixtures.slice(Platform.IOS, 0, 200));

        start(Map.of());

        Await.until("the slice is settled", () -> slices.bodies().isEmpty());
        assertThat(ios.accepted()).isEqualTo(200);
        assertThat(ios.bodies()).hasSize(200).doesNotHaveDuplicates();
        assertThat(registry.get("broadcaster.fanout.calls.failed").counter().count())
                .isEqualTo(4);
        assertThat(registry.get("broadcaster.fanout.entries.repeated").counter().count())
                .isGreaterThanOrEqualTo(40);
    }

    @Test
    void slice_queueFailsBeyondTheRetryTime_isLeftAndFinishedByItsNextDelivery() {
        FakeTaskQueue ios = queue(Platform.IOS);
        ios.failCalls(Call.SEND, 1_000_000);
        send(Fixtures.slice(Platform.IOS, 0, 30));
        FanoutProcess process = start(Map.of("fanout.retry-time", "1s"));
        Await.until("the first call failed", () -> callsFailed() >= 1);

        clock.advance(Duration.ofSeconds(2));
        Await.until("the slice is left", () -> process.stats().returned() == 1);
        assertThat(slices.bodies()).hasSize(1);
        assertThat(process.stats().settled()).isZero();
        ios.failCalls(Call.SEND, -1_000_000); // the outage is over
        clock.advance(Duration.ofSeconds(5));

        Await.until("the slice is settled", () -> process.stats().settled() == 1);
        assertThat(tasks(Platform.IOS)).hasSize(30).allMatch(BatchTask::mayRepeat);
        assertThat(unfinished("out_of_time")).isEqualTo(1);
    }

    @Test
    void slice_pastNotAfter_batchesGoOnAllTheSame() {
        send(Fixtures.slice(Platform.ANDROID, 0, 5));
        clock.advance(Duration.ofHours(1));

        start(Map.of());

        Await.until("the slice is settled", () -> slices.bodies().isEmpty());
        assertThat(tasks(Platform.ANDROID)).hasSize(5);
    }

    @Test
    void message_unreadable_endsInTheDeadLettersAndHoldsUpNobody() {
        slices.send(List.of(new Outgoing("poison", "slice/9 of a later version")));
        slices.send(List.of(new Outgoing("blank", " ")));
        slices.send(List.of(new Outgoing("huge", TaskCodec.write(Fixtures.slice(Platform.IOS, 0, 201)))));
        send(Fixtures.slice(Platform.IOS, 1, 10));
        FanoutProcess process = start(Map.of());
        Await.until("the good slice is settled", () -> process.stats().settled() == 1);

        for (int delivery = 1; delivery <= 5; delivery++) {
            int seen = delivery;
            Await.until("all three were left", () -> process.stats().returned() == 3L * seen);
            clock.advance(Duration.ofSeconds(5));
        }

        Await.until("they are dead", () -> slices.deadBodies().size() == 3);
        assertThat(registry.get("broadcaster.fanout.slices.unreadable")
                        .counter()
                        .count())
                .isEqualTo(15);
        assertThat(process.stats().handlerFailures()).isZero();
    }

    @Test
    void close_tierTwoIsDown_sliceIsGivenBackAtOnce() {
        queue(Platform.IOS).failCalls(Call.SEND, 1_000_000);
        send(Fixtures.slice(Platform.IOS, 0, 30));
        FanoutProcess process = start(Map.of("fanout.drain-time", "50ms"));
        Await.until("it is being worked on", () -> callsFailed() >= 1);

        process.close();

        assertThat(slices.depth().visible()).isEqualTo(1);
        assertThat(process.stats().returned()).isEqualTo(1);
        assertThat(unfinished("lease_ended")).isEqualTo(1);
    }

    private FanoutProcess start(Map<String, String> settings) {
        var config = FanoutConfig.from(Settings.of(settings));
        var process = FanoutProcess.start(
                config,
                new FanoutProcess.Queues(slices, Map.copyOf(batches)),
                new FanoutMeters(registry, timings, config),
                new FanoutProcess.World(clock, new Random(SEED)),
                registry);
        started.add(process);
        return process;
    }

    private void dispatch(SnapshotSummary snapshot) {
        Slicing.cut(Fixtures.launchFacts(), snapshot).forEach(this::send);
    }

    private void send(SliceTask slice) {
        assertThat(slices.send(List.of(new Outgoing(slice.messageId(), TaskCodec.write(slice)))))
                .isEmpty();
    }

    private FakeTaskQueue queue(Platform platform) {
        return batches.get(platform);
    }

    private List<BatchTask> tasks(Platform platform) {
        return queue(platform).bodies().stream().map(TaskCodec::readBatch).toList();
    }

    private void assertBatches(Platform platform, SnapshotSummary snapshot, boolean mayRepeat) {
        List<BatchTask> found = tasks(platform);
        assertThat(found).hasSize(snapshot.batches(platform));
        assertThat(found.stream().map(BatchTask::batch).distinct()).hasSize(snapshot.batches(platform));
        assertThat(found).allMatch(batch -> batch.mayRepeat() == mayRepeat);
        assertThat(queue(platform).accepted()).isEqualTo(snapshot.batches(platform));
    }

    private double callsFailed() {
        return registry.get("broadcaster.fanout.calls.failed").counter().count();
    }

    private double unfinished(String cause) {
        return registry.get("broadcaster.fanout.slices.unfinished")
                .tag("cause", cause)
                .counter()
                .count();
    }
}
