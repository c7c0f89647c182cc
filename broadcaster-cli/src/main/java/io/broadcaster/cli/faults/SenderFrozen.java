package io.broadcaster.cli.faults;

import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.faults.SenderFleet.Sender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Row 14: a sender stands still for 40 seconds in the middle of two launches and then goes on as if nothing had been. */
final class SenderFrozen implements Row {
    private static final int SENDERS = 3;
    private static final int BATCHES_IN_FLIGHT = 8;
    private static final int FROZEN_SECONDS = 40;
    private static final double SHARE_BEFORE = 0.1;
    private static final Map<String, String> SETTINGS = Map.of(
            "sender.batches-in-flight",
            Integer.toString(BATCHES_IN_FLIGHT),
            "sender.visibility",
            "10s",
            "sender.ledger-lease",
            "10s");

    @Override
    public int number() {
        return 14;
    }

    @Override
    public String what() {
        return "sender stopped " + FROZEN_SECONDS + " s, then continued";
    }

    @Override
    public String invariants() {
        return "I1 I2 I3 I4";
    }

    @Override
    public Seen run(FaultStack stack, FaultPlan plan) throws InterruptedException {
        for (Platform platform : Platform.values()) {
            stack.simulators().answerTime(platform, Duration.ofMillis(500));
        }
        var senders = new SenderFleet(stack);
        senders.start(SENDERS, SETTINGS);
        Launches launches = Launches.bothPolicies(stack, "frozen", plan.devices(), plan.firstSeed());
        long before = Launches.taken(stack);
        launches.press(SENDERS);
        launches.awaitTaken(SHARE_BEFORE, before);
        Sender frozen = senders.ready().getFirst();
        frozen.process().freeze();
        TimeUnit.SECONDS.sleep(FROZEN_SECONDS); // what this row is about
        boolean settledMeanwhile = launches.settled();
        frozen.process().thaw();
        var findings = new ArrayList<String>();
        List<Judged> judged = launches.judged(new Judge(stack));
        findings.addAll(senders.drain()); // whatever the thawed one still does is done by then
        long bound = Doubt.boundOf(BATCHES_IN_FLIGHT, launches.campaigns().getFirst().audience());
        List<Judged> after = launches.judged(new Judge(stack));
        after.forEach(one -> findings.addAll(one.findings(bound)));
        Doubt doubt = Doubt.of(after);
        if (doubt.all() > bound) {
            findings.add("I1: " + doubt.all() + " devices in doubt, the bound is " + bound);
        }
        if (!settledMeanwhile) {
            findings.add("I2: the others had not settled everything after " + FROZEN_SECONDS + " s");
        }
        if (Doubt.of(judged).all() != doubt.all()) {
            findings.add("I3: devices in doubt changed after all was settled: " + Doubt.of(judged) + ", then " + doubt);
        }
        return new Seen(doubt + ", bound " + bound, findings);
    }
}
