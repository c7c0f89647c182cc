package io.broadcaster.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.cli.client.ApiClient;
import io.broadcaster.cli.local.CampaignScript;
import io.broadcaster.cli.local.FleetSize;
import io.broadcaster.cli.local.LocalStack;
import io.broadcaster.cli.local.Presses;
import io.broadcaster.cli.local.WorkFolder;
import io.broadcaster.config.Settings;
import io.broadcaster.localcloud.LocalCloudConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The story from an empty cloud to every device accounted for, told on {@code out} while it happens. Everything goes
 * through the API, as people do it; only the devices are imported straight into their store. Used by one thread.
 */
final class Demo {
    private static final String CAMPAIGN = "kick-off";
    private static final String AUTHOR = "alice";
    private static final String APPROVER = "bob";
    private static final FleetSize FLEET = FleetSize.PAIRS;
    private static final int PRESSES_AT_ONCE = 64;

    private final DemoSize size;
    private final boolean processes;
    private final Settings settings;
    private final PrintWriter out;
    private final long startedAt = System.nanoTime();

    /** {@code settings}: of the fleet, beside those that a local stack gives itself. */
    Demo(DemoSize size, boolean processes, Settings settings, PrintWriter out) {
        this.size = size;
        this.processes = processes;
        this.settings = settings;
        this.out = out;
    }

    DemoReport run() throws Exception {
        tell("starting the cloud, the provider simulators and the fleet" + (processes ? ", a process each" : ""));
        try (WorkFolder work = WorkFolder.create();
                LocalStack stack = start(work);
                ApiClient api = new ApiClient(stack.fleet().api(), AUTHOR)) {
            tell("fleet is up, API at " + stack.fleet().api());
            DemoAudience audience = DemoAudience.of(size);
            tell("imported " + audience.importInto(stack) + " devices into DynamoDB");
            var script = new CampaignScript(api, CAMPAIGN, InstantSource.system());
            prepare(script, work, audience);
            var presses = new Presses(List.of(stack.fleet().api()), CAMPAIGN);
            presses.atOnce(PRESSES_AT_ONCE);
            tell("pressed " + PRESSES_AT_ONCE + " times at once");
            JsonNode status = script.awaitEnd();
            presses.once("nick");
            tell("pressed once more, after the end: " + status.path("state").asText());
            return new DemoCheck(stack, audience, out).report(status, presses.distinctAnswers());
        }
    }

    private LocalStack start(WorkFolder work) {
        var plan =
                new LocalStack.Plan(FLEET, Settings.of(LocalStack.FREE_PORTS).with(settings.values()), Duration.ZERO);
        return processes
                ? LocalStack.separateProcesses(work, plan)
                : LocalStack.inProcess(work, LocalCloudConfig.ephemeral(), plan);
    }

    private void prepare(CampaignScript script, WorkFolder work, DemoAudience audience) throws Exception {
        script.create(DemoAudience.locales(), PushKind.ALERT);
        JsonNode loaded = script.load(audience.writeUserIds(work.path().resolve("audience.txt")));
        tell("snapshot sealed in S3: " + loaded.path("load").path("counts"));
        script.proof(audience.testDevices());
        tell("proofs accepted on " + Platform.values().length + " test devices");
        script.approveAndArm(APPROVER);
        tell("approved by " + APPROVER + " and armed");
        script.awaitReady(FLEET.senders());
        tell(FLEET.senders() + " of " + FLEET.senders() + " senders hold the snapshot, warm");
    }

    private void tell(String step) {
        Duration since = Duration.ofNanos(System.nanoTime() - startedAt);
        out.println(String.format("%6.1f s  %s", since.toMillis() / 1000.0, step));
        out.flush();
    }
}
