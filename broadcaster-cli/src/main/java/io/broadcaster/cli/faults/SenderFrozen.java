package io.broadcaster.cli.faults;

import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.faults.SenderFleet.Sender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Row 14: a sender stands still for 40 seconds in the middle of a launch and then goes on as if nothing had been. */
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
        var findings = new ArrayList<String>();
        var launched = new ArrayList<Launches>();
        Doubt settled = Doubt.NONE;
        for (DeliveryPolicy policy : DeliveryPolicy.values()) {
            Launches launches = Launches.under(policy, stack, "frozen", plan);
            launched.add(launches);
            freezeAmid(launches, stack, senders.ready().getFirst(), findings);
            settled = settled.plus(Doubt.of(launches.judged(new Judge(stack))));
        }
        findings.addAll(senders.drain()); // whatever the thawed one still does is done by then
        long bound = Doubt.boundOf(
                BATCHES_IN_FLIGHT, launched.getFirst().campaigns().getFirst().audience());
        Doubt doubt = Doubt.NONE;
        for (Launches launches : launched) {
            List<Judged> judged = launches.judged(new Judge(stack));
            judged.forEach(one -> findings.addAll(one.findings(bound)));
            doubt = doubt.plus(Doubt.of(judged));
        }
        if (!settled.equals(doubt)) {
            findings.add("I3: after all was settled there were " + settled + ", in the end " + doubt);
        }
        if (doubt.unknown() == 0 || doubt.sentAgain() == 0) {
            findings.add("the frozen sender had nothing of a launch in work: more --devices");
        }
        return new Seen(doubt + "; bound " + bound + " each", findings);
    }

    private static void freezeAmid(Launches launches, FaultStack stack, Sender frozen, List<String> findings)
            throws InterruptedException {
        long before = Launches.taken(stack);
        launches.press(SENDERS);
        launches.awaitTaken(SHARE_BEFORE, before);
        frozen.process().freeze();
        TimeUnit.SECONDS.sleep(FROZEN_SECONDS); // what this row is about
        if (!launches.settled()) {
            findings.add("I2: the others had not settled everything after " + FROZEN_SECONDS + " s");
        }
        frozen.process().thaw();
    }
}
