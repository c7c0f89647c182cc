package io.broadcaster.cli.faults;

import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.local.ChildProcess;
import io.broadcaster.loadtest.fault.FaultProxy;
import io.broadcaster.loadtest.fault.LinkFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Row 6: fan-out workers are killed with slices half enqueued. Their way to the queues is slow, and a slice has several
 * batches, so that a kill finds some of them in tier 2 and some not.
 */
final class FanoutKills implements Row {
    private static final int SENDERS = 2;
    private static final int KILLS = 8;
    private static final int PAUSE_MILLIS_MAX = 400;
    private static final long DEVICES = 60_000;
    private static final Duration WAY = Duration.ofMillis(60);

    @Override
    public int number() {
        return 6;
    }

    @Override
    public String what() {
        return "fan-out workers killed mid-slice";
    }

    @Override
    public String invariants() {
        return "I1 I2 I4";
    }

    @Override
    public Seen run(FaultStack stack, FaultPlan plan) throws InterruptedException {
        var random = new SplittableRandom(plan.firstSeed());
        for (Platform platform : Platform.values()) {
            stack.simulators().answerTime(platform, Duration.ofMillis(50));
        }
        for (ChildProcess fast : stack.fanouts()) {
            stack.kill(fast);
        }
        var senders = new SenderFleet(stack);
        senders.start(SENDERS, Map.of());
        try (FaultProxy queues = FaultProxy.before(stack.queuesPort())) {
            queues.suffer(new LinkFault.Delay(WAY));
            var settings = Map.of(
                    "cloud.sqs-endpoint",
                    "http://127.0.0.1:" + queues.port(),
                    "fanout.slices-in-flight",
                    "4",
                    "fanout.calls-in-flight",
                    "1");
            var workers = new ArrayList<ChildProcess>();
            for (int i = 0; i < 2; i++) {
                workers.add(stack.spawn(Tier.FANOUT, settings));
            }
            for (ChildProcess worker : workers) {
                worker.awaitReady();
            }
            Launches launches = Launches.bothPolicies(stack, "fanout", DEVICES, plan.firstSeed());
            launches.press(SENDERS);
            int kills = 0;
            while (kills < KILLS && !launches.settled()) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(PAUSE_MILLIS_MAX)); // the random instant
                ChildProcess victim = workers.removeFirst();
                victim.awaitReady();
                stack.kill(victim);
                workers.add(stack.spawn(Tier.FANOUT, settings));
                kills++;
            }
            List<Judged> judged = launches.judged(new Judge(stack));
            var findings = new ArrayList<String>();
            judged.forEach(one -> findings.addAll(one.findings(0)));
            findings.addAll(stack.drain(workers));
            findings.addAll(senders.drain());
            if (kills < 2) {
                findings.add("the launches were over after " + kills + " kills: nothing was shown");
            }
            return new Seen(kills + " kills over 2 launches of " + DEVICES + ": " + Doubt.of(judged), findings);
        }
    }
}
