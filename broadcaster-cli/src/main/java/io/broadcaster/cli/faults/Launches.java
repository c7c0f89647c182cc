package io.broadcaster.cli.faults;

import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignState.Draft;
import io.broadcaster.campaign.CampaignState.Failed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.Platform;
import io.broadcaster.config.WireName;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.loadtest.check.DeliveryTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Several campaigns of one row that run at once, from arming to judgement. Used by one thread. */
final class Launches {
    private static final Duration SHARE_MAX = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 10;

    private final FaultStack stack;
    private final List<FaultCampaign> campaigns;

    /** One campaign under each policy that may be sent for so long. */
    static Launches bothPolicies(FaultStack stack, String name, long devices, Duration window)
            throws InterruptedException {
        var campaigns = new ArrayList<FaultCampaign>();
        for (DeliveryPolicy policy : DeliveryPolicy.values()) {
            campaigns.add(FaultCampaign.arm(
                    stack,
                    new FaultCampaign.Wanted(name + "-" + campaigns.size(), policy, window),
                    audience(devices, 0, policy.name() + name)));
        }
        return new Launches(stack, campaigns);
    }

    private Launches(FaultStack stack, List<FaultCampaign> campaigns) {
        this.stack = stack;
        this.campaigns = campaigns;
    }

    /** One campaign under each policy, half iOS, half Android. */
    static Launches bothPolicies(FaultStack stack, String name, long devices, long seed) throws InterruptedException {
        var campaigns = new ArrayList<FaultCampaign>();
        for (DeliveryPolicy policy : DeliveryPolicy.values()) {
            campaigns.add(FaultCampaign.arm(
                    stack, name + "-" + campaigns.size(), policy, audience(devices, seed, policy.name() + name)));
        }
        return new Launches(stack, campaigns);
    }

    /** One campaign under this policy. */
    static Launches under(DeliveryPolicy policy, FaultStack stack, String name, FaultPlan plan)
            throws InterruptedException {
        String id = name + "-" + WireName.of(policy);
        return new Launches(
                stack, List.of(FaultCampaign.arm(stack, id, policy, audience(plan.devices(), plan.firstSeed(), id))));
    }

    /** One campaign at least once. */
    static Launches one(FaultStack stack, String name, long devices, long seed) throws InterruptedException {
        return new Launches(
                stack,
                List.of(FaultCampaign.arm(stack, name, DeliveryPolicy.AT_LEAST_ONCE, audience(devices, seed, name))));
    }

    /** No two campaigns of a stack share devices. */
    private static SyntheticAudience audience(long devices, long seed, String name) {
        return new SyntheticAudience(
                devices / 2, devices - devices / 2, ((long) name.hashCode() << Integer.SIZE) + seed);
    }

    List<FaultCampaign> campaigns() {
        return campaigns;
    }

    /** Waits until so many senders hold the last snapshot, then presses each at the first API process. */
    void press(int senders) throws InterruptedException {
        awaitReady(senders);
        press();
    }

    /** Waits until so many senders hold every snapshot. */
    void awaitReady(int senders) throws InterruptedException {
        for (FaultCampaign campaign : campaigns) {
            campaign.awaitReady(senders);
        }
    }

    void press() {
        campaigns.forEach(campaign -> campaign.press(stack.apis().getFirst()));
    }

    /** Waits until the providers have taken this share (0 to 1) of all devices since {@code before}. */
    void awaitTaken(double share, long before) throws InterruptedException {
        long devices = campaigns.stream().mapToLong(c -> c.audience().size()).sum();
        long wanted = before + Math.round(share * devices);
        long end = System.nanoTime() + SHARE_MAX.toNanos();
        while (taken(stack) < wanted) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(
                        "the providers took only " + (taken(stack) - before) + " of " + devices);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** Notifications that the providers have accepted so far; what they refuse may be a sender's warm-up. */
    static long taken(FaultStack stack) {
        return Arrays.stream(Platform.values())
                .mapToLong(platform ->
                        stack.simulators().journal().totals(platform).accepted())
                .sum();
    }

    boolean settled() {
        return campaigns.stream().allMatch(FaultCampaign::isSettled);
    }

    /** Waits until all is settled, no message is left and the API says so; then judges each. */
    List<Judged> judged(Judge judge) throws InterruptedException {
        for (FaultCampaign campaign : campaigns) {
            campaign.awaitSettled();
        }
        stack.awaitQueuesEmpty();
        var judged = new ArrayList<Judged>();
        for (FaultCampaign campaign : campaigns) {
            campaign.awaitCompleted();
            judged.add(judge.of(campaign));
        }
        return judged;
    }

    /** When the devices of the first campaign got theirs, from its press. */
    DeliveryTimes times(Platform platform) {
        FaultCampaign campaign = campaigns.getFirst();
        return DeliveryTimes.of(
                stack.simulators().journal(), platform, campaign.audience().devices(), pressedAt(campaign));
    }

    private static Instant pressedAt(FaultCampaign campaign) {
        return switch (campaign.stored().state()) {
            case Launched launched -> launched.launch().pressedAt();
            case Completed completed -> completed.launch().pressedAt();
            case Aborted aborted -> aborted.launch().pressedAt();
            case Draft _, Loading _, Loaded _, Armed _, Failed _ ->
                throw new IllegalStateException("campaign " + campaign.id() + " was not launched");
        };
    }
}
