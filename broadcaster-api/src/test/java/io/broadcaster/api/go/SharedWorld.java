package io.broadcaster.api.go;

import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.Launch;
import io.broadcaster.campaign.StateName;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.Phase;
import io.broadcaster.delivery.WorkerStatus.SnapshotReadiness;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.delivery.WorkerVitals;
import io.broadcaster.task.SliceTask;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.WaitingClock;
import io.broadcaster.testkit.FakeCampaignStore;
import io.broadcaster.testkit.FakeTaskQueue;
import io.broadcaster.testkit.FakeWorkerRegistry;
import io.broadcaster.testkit.Fixtures;
import io.broadcaster.testkit.ForwardingClock;
import io.broadcaster.testkit.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The stores that API processes share, with one campaign armed, and processes over them. Close it to await dispatches. */
final class SharedWorld implements AutoCloseable {
    static final Duration GRACE = Duration.ofSeconds(2);

    final TestClock clock = TestClock.atFixtures();
    final FakeCampaignStore campaigns = new FakeCampaignStore();
    final FakeTaskQueue slices = new FakeTaskQueue(clock);
    final FakeWorkerRegistry workers = new FakeWorkerRegistry();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    PressLog presses = PressLog.none();
    private final List<ExecutorService> executors = new ArrayList<>();

    SharedWorld() {
        campaigns.create(Fixtures.campaign(StateName.ARMED));
    }

    /** One API process. */
    record ApiInstance(Go go, FleetView fleet, Dispatches dispatches, Sweeper sweeper) {}

    /** A process that works. */
    ApiInstance process() {
        return process(threads(), threads());
    }

    /** A process that dies as soon as the launch is written: nothing that it puts on its threads ever runs. */
    ApiInstance dyingProcess() {
        return process(_ -> {}, threads());
    }

    private ApiInstance process(Executor dispatchThreads, ExecutorService sendThreads) {
        var meters = new ApiMeters(registry);
        var sender = new SliceSender(slices, sendThreads, (_, _) -> {}, new Random(1), withoutSleep());
        var dispatcher = new Dispatcher(campaigns, sender, clock, meters);
        var dispatches = new Dispatches(dispatcher, GRACE, dispatchThreads, clock, meters);
        var fleet = new FleetView(workers, Duration.ofSeconds(5), clock);
        fleet.refresh();
        var go = new Go(campaigns, new Go.Readiness(fleet, 1), dispatches, presses, clock);
        return new ApiInstance(go, fleet, dispatches, new Sweeper(campaigns, dispatches));
    }

    private WaitingClock withoutSleep() {
        return new ForwardingClock(clock) {
            @Override
            public void sleep(Duration pause) {}
        };
    }

    void readySender(String worker) {
        Armed armed = (Armed) Fixtures.campaign(StateName.ARMED).state();
        workers.heartbeat(sender(worker, armed.snapshot().manifestSha256()));
    }

    WorkerStatus sender(String worker, String manifestSha256) {
        var readiness = new SnapshotReadiness(Fixtures.CAMPAIGN.value(), 1, manifestSha256, Phase.READY, "");
        return new WorkerStatus(
                worker,
                WorkerRole.SENDER,
                "test",
                Fixtures.NOW,
                clock.instant(),
                List.of(readiness),
                4,
                0,
                WorkerVitals.UNKNOWN);
    }

    Campaign stored() {
        return campaigns.find(Fixtures.CAMPAIGN).orElseThrow();
    }

    Launched launched() {
        return (Launched) stored().state();
    }

    Launch launch() {
        return launched().launch();
    }

    Campaign write(Campaign campaign) {
        return ((Written) campaigns.replace(campaign)).campaign();
    }

    List<SliceTask> sentSlices() {
        return slices.bodies().stream().map(TaskCodec::readSlice).toList();
    }

    /** Waits for all that was put on threads. */
    @Override
    public void close() {
        executors.forEach(ExecutorService::close);
    }

    private ExecutorService threads() {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        executors.add(threads);
        return threads;
    }
}
