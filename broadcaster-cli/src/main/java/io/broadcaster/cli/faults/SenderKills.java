package io.broadcaster.cli.faults;

import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.faults.SenderFleet.Sender;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Row 11: senders are killed with -9 at random instants, campaign after campaign, under both policies. A round is one seed:
 * several campaigns at once, kills while they run, a replacement for each victim, then every campaign is judged.
 */
final class SenderKills implements Row {
    private static final int SENDERS = 4;
    private static final int READY_MIN = 2;
    private static final int CAMPAIGNS = 4;
    private static final int KILLS_PER_ROUND_MAX = 25;
    private static final int PAUSE_MILLIS_MAX = 500;
    private static final int ANSWER_MILLIS_MIN = 200;
    private static final int ANSWER_MILLIS_MAX = 1_200;
    private static final int[] BATCHES_IN_FLIGHT = {1, 2, 4};

    @Override
    public int number() {
        return 11;
    }

    @Override
    public String what() {
        return "senders killed with -9 at random instants";
    }

    @Override
    public String invariants() {
        return "I1 I2 I3 I4";
    }

    @Override
    public Seen run(FaultStack stack, FaultPlan plan) throws InterruptedException {
        var totals = new Totals();
        var senders = new SenderFleet(stack);
        var first = new SplittableRandom(plan.firstSeed());
        for (int i = 0; i < SENDERS; i++) {
            senders.spawn(settings(plan, first));
        }
        for (Sender sender : senders.all()) {
            sender.process().awaitReady();
        }
        var judge = new Judge(stack);
        long began = System.nanoTime();
        for (long seed = plan.firstSeed(); totals.kills < plan.kills(); seed++) {
            new Round(stack, senders, plan, seed).run(judge, totals);
        }
        double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
        totals.findings.addAll(senders.drain());
        for (FaultCampaign campaign : totals.campaigns) {
            campaign.awaitCompleted();
        }
        return new Seen(totals.figure(seconds), totals.findings);
    }

    private static Map<String, String> settings(FaultPlan plan, SplittableRandom random) {
        int drawn = BATCHES_IN_FLIGHT[random.nextInt(BATCHES_IN_FLIGHT.length)];
        int batches = plan.batchesInFlight().orElse(drawn);
        return Map.of("sender.batches-in-flight", Integer.toString(batches));
    }

    /** Sums over rounds. */
    private static final class Totals {
        private final List<FaultCampaign> campaigns = new ArrayList<>();
        private final List<String> findings = new ArrayList<>();
        private int kills;
        private long bound;
        private Doubt doubt = Doubt.NONE;

        String figure(double seconds) {
            return String.format(
                    Locale.ROOT,
                    "%,d kills over %,d campaigns, %.1f s a kill; %s; %.1f devices in doubt a kill, bound %.0f",
                    kills,
                    campaigns.size(),
                    seconds / kills,
                    doubt,
                    (double) doubt.all() / kills,
                    (double) bound / kills);
        }
    }

    /** One seed. */
    private static final class Round {
        private final FaultStack stack;
        private final SenderFleet senders;
        private final FaultPlan plan;
        private final long seed;
        private final SplittableRandom random;
        private final List<FaultCampaign> campaigns = new ArrayList<>();
        private int kills;
        private long bound;

        Round(FaultStack stack, SenderFleet senders, FaultPlan plan, long seed) {
            this.stack = stack;
            this.senders = senders;
            this.plan = plan;
            this.seed = seed;
            this.random = new SplittableRandom(seed);
        }

        void run(Judge judge, Totals totals) throws InterruptedException {
            for (Platform platform : Platform.values()) {
                stack.simulators()
                        .answerTime(platform, Duration.ofMillis(random.nextInt(ANSWER_MILLIS_MIN, ANSWER_MILLIS_MAX)));
            }
            for (int i = 0; i < CAMPAIGNS; i++) {
                var policy = i % 2 == 0 ? DeliveryPolicy.AT_LEAST_ONCE : DeliveryPolicy.AT_MOST_ONCE;
                long ios = plan.devices() / 2;
                var audience = new SyntheticAudience(ios, plan.devices() - ios, seed * CAMPAIGNS + i);
                campaigns.add(FaultCampaign.arm(stack, "kills-" + seed + "-" + i, policy, audience));
            }
            campaigns.getLast().awaitReady(READY_MIN);
            for (FaultCampaign campaign : campaigns) {
                campaign.press(stack.apis().get(random.nextInt(stack.apis().size())));
            }
            killUntilSettled(Math.min(KILLS_PER_ROUND_MAX, plan.kills() - totals.kills));
            stack.awaitQueuesEmpty();
            totals.kills += kills;
            totals.bound += bound;
            totals.campaigns.addAll(campaigns);
            List<Judged> judged = campaigns.stream().map(judge::of).toList();
            judged.forEach(one ->
                    one.findings(bound).forEach(finding -> totals.findings.add("seed " + seed + ", " + finding)));
            Doubt doubt = Doubt.of(judged);
            totals.doubt = totals.doubt.plus(doubt);
            if (doubt.all() > bound) {
                totals.findings.add("seed " + seed + ": " + doubt.all() + " devices in doubt after " + kills
                        + " kills, the bound is " + bound);
            }
        }

        private void killUntilSettled(int killsMax) throws InterruptedException {
            while (!campaigns.stream().allMatch(FaultCampaign::isSettled)) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(PAUSE_MILLIS_MAX)); // the random instant
                List<Sender> ready = senders.ready();
                if (kills < killsMax && ready.size() >= READY_MIN) {
                    Sender victim = ready.get(random.nextInt(ready.size()));
                    senders.kill(victim);
                    senders.spawn(settings(plan, random));
                    kills++;
                    bound += Doubt.boundOf(
                            victim.batchesInFlight(), campaigns.getFirst().audience());
                }
            }
        }
    }
}
