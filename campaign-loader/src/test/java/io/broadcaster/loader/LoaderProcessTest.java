package io.broadcaster.loader;

import static io.broadcaster.testkit.Fixtures.CAMPAIGN;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceStore;
import io.broadcaster.audience.LoadProgress;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignState;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.StateName;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.task.LoadTask;
import io.broadcaster.task.QueueConsumer;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.testkit.FakeCampaignStore;
import io.broadcaster.testkit.FakeObjectStore;
import io.broadcaster.testkit.FakeTaskQueue;
import io.broadcaster.testkit.ForwardingCampaignStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loader from its queue to the campaign's state, over fakes. */
final class LoaderProcessTest {
    private static final int USERS = 500;

    private final LoaderRig rig = new LoaderRig();
    private final FakeCampaignStore campaigns = new FakeCampaignStore();
    private final FakeTaskQueue queue = new FakeTaskQueue(rig.clock);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private LoaderMeters meters = new LoaderMeters(registry, rig.config());
    private Optional<LoaderProcess> process = Optional.empty();

    @BeforeEach
    void settings() {
        rig.settings.put("loader.long-poll", "50ms");
        rig.settings.put("loader.retry-delay", "0ms");
        rig.devicesOf(USERS);
    }

    @AfterEach
    void close() {
        process.ifPresent(LoaderProcess::close);
        double ended = meters.sealed.count()
                + meters.failed.count()
                + meters.dropped.count()
                + meters.interrupted.count()
                + meters.broken.count();
        assertThat(meters.started.count()).isEqualTo(ended);
        assertThat(meters.running).hasValue(0);
    }

    @Test
    void task_campaignLoading_movesItToLoadedWithItsSnapshot() {
        create(rig.campaign(LoaderRig.lines(USERS)));
        send(1);
        start(campaigns, rig.devices);

        await(() -> state() == StateName.LOADED && queue.bodies().isEmpty());
        var loaded = (CampaignState.Loaded) current().state();
        assertThat(loaded.snapshot().devices()).isEqualTo(417);
        assertThat(loaded.snapshot().manifestSha256())
                .isEqualTo(LoaderRig.sha256(rig.objects.content(SnapshotKeys.manifest(CAMPAIGN, 1))));
        LoadProgress progress = rig.progress.find(CAMPAIGN, 1).orElseThrow();
        assertThat(progress.phase()).isEqualTo(LoadProgress.Phase.SEALED);
        assertThat(progress.counts()).isEqualTo(loaded.snapshot().counts());
        assertThat(progress.bytesRead()).isEqualTo(progress.bytesTotal());
    }

    @Test
    void task_audienceCannotBeLoaded_failsTheCampaignWithTheReason() {
        create(rig.campaign("\n"));
        send(1);
        start(campaigns, rig.devices);

        await(() -> state() == StateName.FAILED && queue.bodies().isEmpty());
        assertThat(((CampaignState.Failed) current().state()).reason())
                .isEqualTo("audience must have at least one user id, but was 'empty'");
        assertThat(rig.progress.find(CAMPAIGN, 1).orElseThrow().phase()).isEqualTo(LoadProgress.Phase.FAILED);
    }

    @Test
    void task_otherRevisionUnknownCampaignOrNotLoading_isDropped() {
        create(rig.campaign("user-0\n"));
        send(2);
        send(new LoadTask(new CampaignId("unknown"), 1));
        start(campaigns, rig.devices);

        await(() -> meters.dropped.count() == 2 && queue.bodies().isEmpty());
        assertThat(state()).isEqualTo(StateName.LOADING);
    }

    @Test
    void task_storeFailsForAWhile_isTriedAgain() {
        create(rig.campaign(LoaderRig.lines(USERS)));
        rig.objects.failCalls(FakeObjectStore.Call.PUT, 2);
        send(1);
        start(campaigns, rig.devices);

        await(() -> state() == StateName.LOADED && queue.bodies().isEmpty());
        assertThat(meters.broken.count()).isEqualTo(2);
    }

    @Test
    void task_storeFailsAtEveryAttempt_failsTheCampaignAtTheLast() {
        create(rig.campaign(LoaderRig.lines(USERS)));
        rig.objects.failCalls(FakeObjectStore.Call.PUT, 1_000);
        send(1);
        start(campaigns, rig.devices);

        await(() -> state() == StateName.FAILED && queue.bodies().isEmpty());
        assertThat(((CampaignState.Failed) current().state()).reason())
                .startsWith("gave up after 4 attempts; the last broke off with: planned fault of put");
        assertThat(queue.deadBodies()).isEmpty();
    }

    @Test
    void task_writeOfTheCampaignIsLost_endsLoaded() {
        create(rig.campaign(LoaderRig.lines(USERS)));
        campaigns.loseAnswers(FakeCampaignStore.Call.WRITE, 1);
        send(1);
        start(campaigns, rig.devices);

        await(() -> state() == StateName.LOADED && queue.bodies().isEmpty());
    }

    @Test
    void task_campaignWrittenMeanwhile_isReadAgainAndLoaded() {
        create(rig.campaign(LoaderRig.lines(USERS)));
        send(1);
        start(new Meddled(campaigns), rig.devices);

        await(() -> state() == StateName.LOADED && queue.bodies().isEmpty());
        assertThat(current().version()).isEqualTo(3);
    }

    @Test
    void message_noLoadTask_isLeftForTheDeadLetters() {
        var _ = queue.send(List.of(new TaskQueue.Outgoing("x", "nonsense/9")));
        start(campaigns, rig.devices);

        await(() -> queue.deadBodies().equals(List.of("nonsense/9")));
        assertThat(meters.unreadable.count()).isEqualTo(5);
    }

    @Test
    void close_amidALoad_givesItBackAndAnotherLoaderGoesOn() throws InterruptedException {
        create(rig.campaign(LoaderRig.lines(USERS)));
        rig.settings.put("loader.parallelism", "1");
        send(1);
        var slow = new GatedDevices(3);
        start(campaigns, slow);
        assertThat(slow.reached.await(1, TimeUnit.MINUTES)).isTrue();
        Thread closing = Thread.ofVirtual().start(() -> process.orElseThrow().close());
        assertThat(closing.join(Duration.ofMinutes(1))).isTrue();

        assertThat(state()).isEqualTo(StateName.LOADING);
        assertThat(meters.interrupted.count()).isEqualTo(1);
        assertThat(queue.depth()).isEqualTo(new TaskQueue.Depth(1, 0, 0));
        int segments = rig.objects.list(SnapshotKeys.work(CAMPAIGN, 1)).size();
        assertThat(segments).isPositive();

        meters = new LoaderMeters(new SimpleMeterRegistry(), rig.config());
        start(campaigns, rig.devices);
        await(() -> state() == StateName.LOADED && queue.bodies().isEmpty());
        assertThat(rig.devices.finds()).isLessThanOrEqualTo(6 - segments + 2);
    }

    private void start(CampaignStore store, DeviceStore devices) {
        var load = new Load(rig.config(), rig.objects, devices, meters);
        var attempt = new LoadAttempt(rig.config(), load, rig.progress, rig.clock, meters);
        var handler = new LoadHandler(rig.config(), store, attempt, rig.clock, meters);
        var consumer = new QueueConsumer(queue, rig.config().consumer(), rig.clock, new Random(1), (step, cause) -> {});
        process = Optional.of(LoaderProcess.start(consumer, handler));
    }

    private void create(Campaign campaign) {
        assertThat(campaigns.create(campaign)).isInstanceOf(CampaignStore.WriteResult.Written.class);
    }

    private void send(int revision) {
        send(new LoadTask(CAMPAIGN, revision));
    }

    private void send(LoadTask task) {
        assertThat(queue.send(List.of(new TaskQueue.Outgoing(task.messageId(1), TaskCodec.write(task)))))
                .isEmpty();
    }

    private Campaign current() {
        return campaigns.find(CAMPAIGN).orElseThrow();
    }

    private StateName state() {
        return current().state().name();
    }

    /** Waits for a condition; moves the queue's clock so that messages become visible again. */
    private void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("condition within a minute").isLessThan(deadline);
            rig.clock.advance(Duration.ofMillis(20));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Devices whose n-th look-up waits until it is interrupted. */
    private final class GatedDevices implements DeviceStore {
        private final CountDownLatch reached;
        private final CountDownLatch never = new CountDownLatch(1);

        GatedDevices(int finds) {
            reached = new CountDownLatch(finds);
        }

        @Override
        public Map<UserId, List<Device>> find(Collection<UserId> users) {
            reached.countDown();
            if (reached.getCount() == 0) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new StoreException("interrupted", e);
                }
            }
            return rig.devices.find(users);
        }

        @Override
        public void put(Map<UserId, List<Device>> devices) {
            throw new UnsupportedOperationException("a loader only reads devices");
        }
    }

    /** Somebody else writes the campaign just before the first write of the loader. */
    private static final class Meddled extends ForwardingCampaignStore {
        private final AtomicBoolean done = new AtomicBoolean();

        Meddled(CampaignStore store) {
            super(store);
        }

        @Override
        public WriteResult replace(Campaign campaign) {
            if (done.compareAndSet(false, true)) {
                Campaign other = find(campaign.id()).orElseThrow();
                assertThat(super.replace(other)).isInstanceOf(WriteResult.Written.class);
            }
            return super.replace(campaign);
        }
    }
}
