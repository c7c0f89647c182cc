package io.broadcaster.cli.faults;

import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.faults.SenderFleet.Sender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Row 15: senders are drained with SIGTERM while they send, one after the other, each replaced. */
final class SenderDrained implements Row {
    private static final int SENDERS = 3;
    private static final int DRAINS = 5;
    private static final int PAUSE_MILLIS_MAX = 300;
    private static final Map<String, String> SETTINGS = Map.of("sender.batches-in-flight", "4");

    @Override
    public int number() {
        return 15;
    }

    @Override
    public String what() {
        return "senders drained with SIGTERM while they send";
    }

    @Override
    public String invariants() {
        return "0 in doubt; I1 I2 I4";
    }

    @Override
    public Seen run(FaultStack stack, FaultPlan plan) throws InterruptedException {
        var random = new SplittableRandom(plan.firstSeed());
        for (Platform platform : Platform.values()) {
            stack.simulators().answerTime(platform, Duration.ofMillis(600));
        }
        var senders = new SenderFleet(stack);
        senders.start(SENDERS, SETTINGS);
        Launches launches = Launches.bothPolicies(stack, "drained", plan.devices(), plan.firstSeed());
        long before = Launches.taken(stack);
        launches.press(SENDERS);
        launches.awaitTaken(0.01, before);
        var findings = new ArrayList<String>();
        Duration longest = Duration.ZERO;
        int inWork = 0;
        for (int i = 0; i < DRAINS; i++) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(PAUSE_MILLIS_MAX)); // the random instant
            List<Sender> ready = senders.awaitSomeReady();
            senders.spawn(SETTINGS);
            inWork += launches.settled() ? 0 : 1;
            long began = System.nanoTime();
            findings.addAll(senders.drain(ready.get(random.nextInt(ready.size()))));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            longest = took.compareTo(longest) > 0 ? took : longest;
        }
        List<Judged> judged = launches.judged(new Judge(stack));
        judged.forEach(one -> findings.addAll(one.findings(0)));
        findings.addAll(senders.drain());
        if (inWork == 0) {
            findings.add("the launches were over before the first drain: more --devices");
        }
        return new Seen(
                DRAINS + " drains, " + inWork + " of them amid the launches, the longest " + longest.toMillis()
                        + " ms: " + Doubt.of(judged),
                findings);
    }
}
