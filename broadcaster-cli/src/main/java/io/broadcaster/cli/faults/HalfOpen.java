package io.broadcaster.cli.faults;

import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.client.Poll;
import io.broadcaster.loadtest.fault.Link;
import io.broadcaster.loadtest.fault.LinkFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Row 21: every connection to the providers is half-open after the requests have left; no end ever comes. */
final class HalfOpen implements Row {
    private static final int BATCHES_IN_FLIGHT = 16;

    /** When so much is taken: the launches go through the queue one after the other, and each is to be struck. */
    private static final double[] STRIKES = {0.2, 0.7};

    private static final Duration FOUND_MAX = Duration.ofSeconds(5);
    private static final Map<String, String> SETTINGS = Map.of(
            "sender.batches-in-flight",
            Integer.toString(BATCHES_IN_FLIGHT),
            "apns.connections",
            "1",
            "fcm.connections",
            "1");

    @Override
    public int number() {
        return 21;
    }

    @Override
    public String what() {
        return "connections half-open after the bytes left";
    }

    @Override
    public String invariants() {
        return "found in < 5 s, counted; I1 I2 I4";
    }

    @Override
    public Seen run(FaultStack stack, FaultPlan plan) throws InterruptedException {
        for (Platform platform : Platform.values()) {
            stack.simulators().answerTime(platform, Duration.ofMillis(400));
        }
        try (ConnectionFaults connections = new ConnectionFaults(stack)) {
            var senders = new SenderFleet(stack);
            var settings = new TreeMap<>(SETTINGS);
            settings.putAll(connections.settings());
            senders.start(1, settings);
            Launches launches = Launches.bothPolicies(stack, "half-open", plan.devices(), plan.firstSeed());
            long before = Launches.taken(stack);
            launches.press(1);
            Duration found = Duration.ZERO;
            int connectionsStruck = 0;
            for (double share : STRIKES) {
                launches.awaitTaken(share, before);
                long struckAt = System.nanoTime();
                List<Link> struck = connections.strike(new LinkFault.HalfOpen());
                Poll.until(FOUND_MAX.multipliedBy(2), () -> left(struck), left -> left);
                Duration longest = longest(struck, struckAt);
                found = longest.compareTo(found) > 0 ? longest : found;
                connectionsStruck += struck.size();
            }
            List<Judged> judged = launches.judged(new Judge(stack));
            var findings = new ArrayList<String>(senders.drain());
            if (found.compareTo(FOUND_MAX) > 0) {
                findings.add("a half-open connection was found only after " + found.toMillis() + " ms");
            }
            long bound = STRIKES.length
                    * Doubt.boundOf(
                            BATCHES_IN_FLIGHT, launches.campaigns().getFirst().audience());
            judged.forEach(one -> findings.addAll(one.findings(bound)));
            Doubt doubt = Doubt.of(judged);
            if (doubt.unknown() == 0 || doubt.sentAgain() == 0) {
                findings.add(
                        "no device of one of the launches was under way when the connections broke: more --devices");
            }
            return new Seen(
                    connectionsStruck + " connections, found after at most " + found.toMillis() + " ms; " + doubt
                            + ", bound " + bound,
                    findings);
        }
    }

    private static boolean left(List<Link> struck) {
        return struck.stream().allMatch(link -> link.leftByClientNanos().isPresent());
    }

    private static Duration longest(List<Link> struck, long sinceNanos) {
        return struck.stream()
                .flatMap(link -> link.leftByClientNanos().stream())
                .map(nanos -> Duration.ofNanos(nanos - sinceNanos))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
