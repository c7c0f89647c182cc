package io.broadcaster.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.Outcome;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.Stage;
import io.broadcaster.testkit.Await;
import io.broadcaster.testkit.FakeProgressStore;
import io.broadcaster.testkit.FakeProgressStore.Call;
import io.broadcaster.testkit.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaunchTimingsTest {
    private static final LaunchId LAUNCH = LaunchId.of(new CampaignId("big-game"), 1);
    private static final Duration NEVER = Duration.ofHours(1);

    private final TestClock clock = TestClock.atFixtures();
    private final FakeProgressStore store = new FakeProgressStore();
    private final List<LaunchTimings> opened = new ArrayList<>();

    @AfterEach
    void closeAll() {
        opened.forEach(LaunchTimings::close);
    }

    @Test
    void record_manyThreads_nothingIsLost() throws InterruptedException {
        LaunchTimings timings = timings("worker-1", NEVER);
        var threads = new ArrayList<Thread>();
        for (int thread = 0; thread < 8; thread++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int micros = 1; micros <= 10_000; micros++) {
                    timings.record(LAUNCH, Stage.ANSWER, micros);
                    timings.count(LAUNCH, Platform.IOS, OutcomeCode.ACCEPTED, 1);
                }
            }));
        }
        for (Thread thread : threads) {
            timings.flush(); // while others record
            thread.join();
        }
        timings.flush();

        LaunchProgress merged = merged();
        assertThat(merged.count(Stage.ANSWER)).isEqualTo(80_000);
        assertThat(merged.counts(Platform.IOS).of(Outcome.ACCEPTED)).isEqualTo(80_000);
        assertThat(merged.counts(Platform.ANDROID).total()).isZero();
        assertThat(merged.max(Stage.ANSWER)).isBetween(10.0, 10.01);
        assertThat(merged.percentile(Stage.ANSWER, 50)).isBetween(4.99, 5.01);
    }

    @Test
    void flush_twice_writesOnlyWhatChangedAndCumulatively() {
        LaunchTimings timings = timings("worker-1", NEVER);
        timings.record(LAUNCH, Stage.BATCH_SENT, 2_000);
        timings.flush();
        timings.flush();
        assertThat(timings.writes()).isEqualTo(1);

        timings.record(LAUNCH, Stage.BATCH_SENT, 4_000);
        timings.flush();

        assertThat(timings.writes()).isEqualTo(2);
        assertThat(store.read(LAUNCH)).hasSize(1);
        assertThat(merged().count(Stage.BATCH_SENT)).isEqualTo(2);
    }

    @Test
    void flush_storeFails_countedAndMadeGoodByTheNext() {
        LaunchTimings timings = timings("worker-1", NEVER);
        timings.record(LAUNCH, Stage.ANSWER, 1_000);
        store.failCalls(Call.WRITE, 1);

        timings.flush();
        assertThat(timings.writeFailures()).isEqualTo(1);
        assertThat(store.read(LAUNCH)).isEmpty();
        timings.flush();

        assertThat(merged().count(Stage.ANSWER)).isEqualTo(1);
    }

    @Test
    void flush_byItself_atTheInterval() {
        LaunchTimings timings = timings("worker-1", Duration.ofMillis(5));

        timings.record(LAUNCH, Stage.ANSWER, 1_000);

        Await.until("the row is written", () -> !store.read(LAUNCH).isEmpty());
    }

    @Test
    void close_unwrittenFigures_areWritten() {
        LaunchTimings timings = timings("worker-1", NEVER);
        timings.record(LAUNCH, Stage.ANSWER, 1_000);

        timings.close();

        assertThat(merged().count(Stage.ANSWER)).isEqualTo(1);
    }

    @Test
    void record_outOfRange_isClamped() {
        LaunchTimings timings = timings("worker-1", NEVER);
        timings.record(LAUNCH, Stage.ANSWER, -5);
        timings.record(LAUNCH, Stage.ANSWER, Long.MAX_VALUE);
        timings.flush();

        assertThat(merged().min(Stage.ANSWER)).isZero();
        assertThat(merged().max(Stage.ANSWER)).isBetween(3_600_000.0, 3_605_000.0);
    }

    @Test
    void launch_idleAndThenBack_keepsTheEarlierRow() {
        LaunchTimings timings = timings("worker-1", NEVER);
        timings.count(LAUNCH, Platform.IOS, OutcomeCode.ACCEPTED, 5);
        timings.flush();
        clock.advance(LaunchTimings.IDLE_MAX.plusSeconds(1));
        timings.flush();
        assertThat(timings.launchesHeld()).isZero();

        timings.count(LAUNCH, Platform.IOS, OutcomeCode.ACCEPTED, 2);
        timings.flush();

        assertThat(merged().counts(Platform.IOS).of(OutcomeCode.ACCEPTED)).isEqualTo(7);
    }

    @Test
    void launch_oneTooMany_dropsTheIdlestAfterWritingIt() {
        LaunchTimings timings = timings("worker-1", NEVER);
        var registry = new SimpleMeterRegistry();
        timings.bindTo(registry);
        for (int revision = 1; revision <= LaunchTimings.LAUNCHES_MAX + 1; revision++) {
            timings.count(LaunchId.of(new CampaignId("big-game"), revision), Platform.IOS, OutcomeCode.ACCEPTED, 1);
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(timings.launchesHeld()).isEqualTo(LaunchTimings.LAUNCHES_MAX);
        assertThat(registry.get("broadcaster.telemetry.launches").gauge().value())
                .isEqualTo(LaunchTimings.LAUNCHES_MAX);
        assertThat(merged().counts().of(OutcomeCode.ACCEPTED)).isEqualTo(1);
    }

    @Test
    void merge_severalWorkers_sumsAndReckonsTheRate() {
        LaunchTimings first = timings("worker-1", NEVER);
        LaunchTimings second = timings("worker-2", NEVER);
        first.record(LAUNCH, Stage.FIRST_REQUEST, 1_000_000);
        first.record(LAUNCH, Stage.ANSWER, 1_500_000);
        second.record(LAUNCH, Stage.ANSWER, 3_000_000);
        first.count(LAUNCH, Platform.IOS, OutcomeCode.ACCEPTED, 600);
        second.count(LAUNCH, Platform.ANDROID, OutcomeCode.ACCEPTED, 400);
        second.count(LAUNCH, Platform.ANDROID, OutcomeCode.BAD_TOKEN, 3);
        first.flush();
        second.flush();

        LaunchProgress merged = merged();
        assertThat(merged.counts().of(Outcome.ACCEPTED)).isEqualTo(1_000);
        assertThat(merged.counts(Platform.ANDROID).of(Outcome.REJECTED)).isEqualTo(3);
        assertThat(merged.min(Stage.ANSWER)).isBetween(1_499.0, 1_501.0);
        assertThat(merged.acceptedPerSecond()).isBetween(498.0, 502.0);
        assertThat(merged.updatedAt()).isEqualTo(clock.instant());
    }

    @Test
    void merge_noRows_isAllZero() {
        LaunchProgress none = LaunchProgress.merge(List.of());

        assertThat(none.counts().total()).isZero();
        assertThat(none.count(Stage.ANSWER)).isZero();
        assertThat(none.percentile(Stage.ANSWER, 99)).isZero();
        assertThat(none.min(Stage.ANSWER)).isZero();
        assertThat(none.acceptedPerSecond()).isZero();
    }

    private LaunchTimings timings(String worker, Duration interval) {
        var timings = new LaunchTimings(store, worker, clock, interval);
        opened.add(timings);
        return timings;
    }

    private LaunchProgress merged() {
        return LaunchProgress.merge(store.read(LAUNCH));
    }
}
