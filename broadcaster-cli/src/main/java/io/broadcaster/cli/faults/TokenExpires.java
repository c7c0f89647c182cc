package io.broadcaster.cli.faults;

import io.broadcaster.campaign.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Row 23: the providers' tokens run out in the middle of two launches. Their clock goes forward by an hour less five seconds:
 * tokens signed a minute ago are over an hour old, one that is made now holds.
 */
final class TokenExpires implements Row {
    private static final int SENDERS = 2;

    /** The sender believes that a younger token cannot be expired, and that its clock is wrong. */
    private static final int TOKEN_AGE_SECONDS = 66;

    private static final Duration AHEAD = Duration.ofHours(1).minusSeconds(5);

    @Override
    public int number() {
        return 23;
    }

    @Override
    public String what() {
        return "provider tokens expire mid-send";
    }

    @Override
    public String invariants() {
        return "one refresh per sender; I1 I2 I4";
    }

    @Override
    public Seen run(FaultStack stack, FaultPlan plan) throws InterruptedException {
        for (Platform platform : Platform.values()) {
            stack.simulators().answerTime(platform, Duration.ofMillis(300));
        }
        var senders = new SenderFleet(stack);
        senders.start(SENDERS, Map.of("sender.batches-in-flight", "4"));
        Launches launches = Launches.bothPolicies(stack, "token", plan.devices(), plan.firstSeed());
        launches.awaitReady(SENDERS);
        TimeUnit.SECONDS.sleep(TOKEN_AGE_SECONDS); // tokens age in real time
        Map<Platform, Integer> before = tokens(stack);
        long taken = Launches.taken(stack);
        launches.press();
        launches.awaitTaken(0.1, taken);
        stack.providersClock().ahead(AHEAD);
        List<Judged> judged = launches.judged(new Judge(stack));
        var findings = new ArrayList<String>();
        judged.forEach(one -> findings.addAll(one.findings(0)));
        var figure = new ArrayList<String>();
        tokens(stack).forEach((platform, now) -> {
            int fresh = now - before.getOrDefault(platform, 0);
            figure.add(fresh + " new tokens of " + SENDERS + " senders for " + platform.wireName());
            if (fresh < 1 || fresh > SENDERS) {
                findings.add(fresh + " new tokens for " + platform.wireName() + " of " + SENDERS + " senders");
            }
        });
        findings.addAll(senders.drain());
        return new Seen(String.join(", ", figure) + "; " + Doubt.of(judged), findings);
    }

    private static Map<Platform, Integer> tokens(FaultStack stack) {
        var tokens = new EnumMap<Platform, Integer>(Platform.class);
        for (Platform platform : Platform.values()) {
            tokens.put(platform, stack.simulators().tokensSeen(platform));
        }
        return tokens;
    }
}
