package io.broadcaster.cli.faults;

import io.broadcaster.campaign.CampaignState;
import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.Dispatch;
import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.client.ApiClient;
import io.broadcaster.cli.client.Poll;
import io.broadcaster.cli.local.ChildProcess;
import io.broadcaster.config.WireName;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.loadtest.check.DeliveryTimes;
import io.broadcaster.loadtest.fault.FaultProxy;
import io.broadcaster.loadtest.fault.LinkFault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;

/**
 * Row 2: an API process is killed between the launch write and the dispatch. Its way to the queues swallows everything, so
 * that the write is all that it ever does; the others must finish what it began.
 */
final class ApiKilled implements Row {
    private static final int SENDERS = 2;
    private static final Duration LAUNCH_MAX = Duration.ofSeconds(20);

    @Override
    public int number() {
        return 2;
    }

    @Override
    public String what() {
        return "API killed between the launch write and the dispatch";
    }

    @Override
    public String invariants() {
        return "I2 I5 I1 I4";
    }

    @Override
    public Seen run(FaultStack stack, FaultPlan plan) throws InterruptedException {
        var senders = new SenderFleet(stack);
        senders.start(SENDERS, Map.of());
        var findings = new ArrayList<String>();
        var judge = new Judge(stack);
        Duration latest = Duration.ZERO;
        for (DeliveryPolicy policy : DeliveryPolicy.values()) {
            long half = plan.devices() / 2;
            var campaign = FaultCampaign.arm(
                    stack,
                    "api-killed-" + WireName.of(policy),
                    policy,
                    new SyntheticAudience(
                            half,
                            plan.devices() - half,
                            plan.firstSeed() + policy.name().length()));
            campaign.awaitReady(SENDERS);
            pressAndKill(stack, campaign);
            campaign.awaitSettled();
            campaign.awaitCompleted();
            stack.awaitQueuesEmpty();
            findings.addAll(judge.of(campaign).findings(0));
            Duration first = DeliveryTimes.of(
                            stack.simulators().journal(),
                            Platform.IOS,
                            campaign.audience().devices(),
                            pressedAt(campaign))
                    .first();
            latest = first.compareTo(latest) > 0 ? first : latest;
        }
        findings.addAll(senders.drain());
        return new Seen(
                "finished by another API process: first delivery at most " + latest.toMillis() + " ms after the press",
                findings);
    }

    private static Instant pressedAt(FaultCampaign campaign) {
        return campaign.stored().state() instanceof Completed completed
                ? completed.launch().pressedAt()
                : Instant.EPOCH;
    }

    private static void pressAndKill(FaultStack stack, FaultCampaign campaign) throws InterruptedException {
        try (FaultProxy queues = FaultProxy.before(stack.queuesPort())) {
            ChildProcess api = stack.spawn(Tier.API, Map.of("cloud.sqs-endpoint", "http://127.0.0.1:" + queues.port()));
            URI uri = FaultStack.api(api);
            awaitView(uri, campaign);
            queues.suffer(new LinkFault.Blackhole(LinkFault.Direction.TO_SERVER));
            campaign.press(uri);
            Poll.until(LAUNCH_MAX, () -> campaign.stored().state(), ApiKilled::launchedAndPending);
            stack.kill(api);
        }
    }

    /** A new process must have seen the senders, or it refuses the press. */
    private static void awaitView(URI api, FaultCampaign campaign) throws InterruptedException {
        try (ApiClient client = new ApiClient(api, "alice")) {
            Poll.until(
                    LAUNCH_MAX,
                    () -> client.get("/campaigns/" + campaign.id().value() + "/status")
                            .path("senders")
                            .path("ready")
                            .asInt(),
                    ready -> ready >= SENDERS);
        }
    }

    private static boolean launchedAndPending(CampaignState state) {
        return state instanceof Launched launched && launched.dispatch() instanceof Dispatch.Pending;
    }
}
