package io.broadcaster.cli.faults;

import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.fault.LinkFault;
import io.broadcaster.loadtest.fault.LinkFault.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Row 22: connections are reset in the middle of an answer or of a request, again and again. */
final class ResetMidAnswer implements Row {
    private static final int BATCHES_IN_FLIGHT = 4;
    private static final int RESETS_MAX = 8;
    private static final int PAUSE_MILLIS_MAX = 400;
    private static final int BYTES_MAX = 600;

    @Override
    public int number() {
        return 22;
    }

    @Override
    public String what() {
        return "connections reset mid-answer";
    }

    @Override
    public String invariants() {
        return "I1 I2 I4";
    }

    @Override
    public Seen run(FaultStack stack, FaultPlan plan) throws InterruptedException {
        var random = new SplittableRandom(plan.firstSeed());
        for (Platform platform : Platform.values()) {
            stack.simulators().answerTime(platform, Duration.ofMillis(300));
        }
        try (ConnectionFaults connections = new ConnectionFaults(stack)) {
            var senders = new SenderFleet(stack);
            var settings = new TreeMap<>(connections.settings());
            settings.putAll(Map.of(
                    "sender.batches-in-flight", Integer.toString(BATCHES_IN_FLIGHT), "sender.ambiguous-max", "20"));
            senders.start(1, settings);
            var findings = new ArrayList<String>();
            var doubt = Doubt.NONE;
            int struck = 0;
            for (DeliveryPolicy policy : DeliveryPolicy.values()) {
                Launches launches = Launches.under(policy, stack, "reset", plan);
                struck += launchAndReset(stack, launches, connections, random);
                List<Judged> judged = launches.judged(new Judge(stack));
                long bound = RESETS_MAX
                        * Doubt.boundOf(
                                BATCHES_IN_FLIGHT,
                                launches.campaigns().getFirst().audience());
                judged.forEach(one -> findings.addAll(one.findings(bound)));
                doubt = doubt.plus(Doubt.of(judged));
            }
            findings.addAll(senders.drain());
            if (doubt.unknown() == 0 || doubt.sentAgain() == 0) {
                findings.add("a launch was over before a reset reached it: more --devices");
            }
            return new Seen(struck + " connections reset; " + doubt, findings);
        }
    }

    /** How many connections were reset. */
    private static int launchAndReset(
            FaultStack stack, Launches launches, ConnectionFaults connections, SplittableRandom random)
            throws InterruptedException {
        long before = Launches.taken(stack);
        launches.press(1);
        launches.awaitTaken(0.02, before);
        int struck = 0;
        for (int resets = 0; resets < RESETS_MAX && !launches.settled(); resets++) {
            var direction = resets % 4 == 3 ? Direction.TO_SERVER : Direction.TO_CLIENT;
            struck += connections
                    .strike(new LinkFault.ResetAfter(direction, random.nextInt(BYTES_MAX)))
                    .size();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(PAUSE_MILLIS_MAX)); // the random instant
        }
        return struck;
    }
}
