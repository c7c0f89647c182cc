package io.broadcaster.cli.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.audience.Device;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.cli.client.ApiClient;
import io.broadcaster.cli.local.CampaignScript;
import io.broadcaster.cli.local.LaunchCheck;
import io.broadcaster.cli.local.LocalStack;
import io.broadcaster.cli.local.SyntheticLoad;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.loadtest.measure.Usage;
import io.broadcaster.loadtest.measure.UsageProbe;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.report.RunFigures;
import io.broadcaster.loadtest.report.RunFigures.Snapshot;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Takes one campaign after the other through a stack: written, loaded, proofed, approved, armed, ready, pressed, judged.
 * While it sends, this thread only reads the journals' counters, so that it takes nothing from what it measures.
 */
final class Launching {
    private static final String AUTHOR = "alice";
    private static final String APPROVER = "bob";
    private static final String PRESSER = "mary";
    private static final long TEST_DEVICES_SEED = 0x7e57;

    private final BlastPlan plan;
    private final LocalStack stack;
    private final InstantSource clock;
    private final List<Device> testDevices = SyntheticAudience.testDevices(TEST_DEVICES_SEED);
    private final LaunchCheck check;

    Launching(BlastPlan plan, LocalStack stack, InstantSource clock) {
        this.plan = plan;
        this.stack = stack;
        this.clock = clock;
        this.check = new LaunchCheck(stack, testDevices);
    }

    /** Everything about one launch, judged. */
    RunFigures launch(int run, String campaign, SyntheticAudience audience) throws InterruptedException {
        try (AwsCloud cloud = stack.cloud();
                ApiClient api = new ApiClient(stack.fleet().api(), AUTHOR);
                ApiClient presser = api.as(PRESSER)) {
            var script = new CampaignScript(api, campaign, clock);
            Snapshot snapshot = prepare(script, cloud, new CampaignId(campaign), audience);
            Journal journal = stack.simulators().journal();
            var taken = new TakenByProviders(journal, audience.size());
            presser.get("/campaigns/" + campaign); // connected before the clock runs, as the marketer's page is
            try (UsageProbe probe = UsageProbe.start(stack.fleet().processes())) {
                long pressed = System.nanoTime();
                presser.postForText("/campaigns/" + campaign + "/go");
                double goCallMillis = millisSince(pressed);
                taken.await();
                Usage usage = probe.read();
                JsonNode status = script.awaitEnd();
                double tailCpuMillis = probe.read().cpuMillis() - usage.cpuMillis();
                LaunchCheck.Result judged = check.of(status, audience.devices());
                var measured = new LaunchFigures.Measured(goCallMillis, usage, tailCpuMillis, snapshot);
                return new LaunchFigures(status, judged, journal).of(run, measured);
            }
        }
    }

    private Snapshot prepare(CampaignScript script, AwsCloud cloud, CampaignId campaign, SyntheticAudience audience)
            throws InterruptedException {
        script.create(SyntheticAudience.locales().stream().map(Object::toString).toList(), plan.kind());
        long began = System.nanoTime();
        SyntheticLoad.Loaded loaded = new SyntheticLoad(cloud, clock).load(campaign, audience);
        double writeMillis = millisSince(began);
        script.proof(testDevices);
        long heapBefore = collectedHeap();
        script.approveAndArm(APPROVER);
        long armed = System.nanoTime();
        script.awaitReady(plan.size().senders());
        double readyMillis = millisSince(armed);
        long heapGrowth = collectedHeap() - heapBefore;
        long offHeap = loaded.tokenBytes() * plan.size().senders();
        return new Snapshot(writeMillis, loaded.storedBytes(), readyMillis, offHeap, heapGrowth);
    }

    /** The heap in use after a full collection, which also makes every launch begin alike. */
    private static long collectedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
