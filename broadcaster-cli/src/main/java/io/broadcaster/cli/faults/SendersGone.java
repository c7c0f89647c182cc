package io.broadcaster.cli.faults;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.check.DeliveryTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Row 28: a third of the senders is gone one second after the press, and nobody replaces them. */
final class SendersGone implements Row {
    private static final int SENDERS = 3;
    private static final int BATCHES_IN_FLIGHT = 2;
    private static final long DEVICES = 40_000;
    private static final double SHARE = 0.99;
    private static final Map<String, String> SETTINGS =
            Map.of("sender.batches-in-flight", Integer.toString(BATCHES_IN_FLIGHT));

    @Override
    public int number() {
        return 28;
    }

    @Override
    public String what() {
        return "a third of the senders killed 1 s after the press";
    }

    @Override
    public String invariants() {
        return "I2, p99 at most twice; I1 I4";
    }

    @Override
    public Seen run(FaultStack stack, FaultPlan plan) throws InterruptedException {
        for (Platform platform : Platform.values()) {
            stack.simulators().answerTime(platform, Duration.ofMillis(400));
        }
        var senders = new SenderFleet(stack);
        senders.start(SENDERS, SETTINGS);
        var findings = new ArrayList<String>();
        var judge = new Judge(stack);
        launch(stack, plan, "warm-up").judged(judge);
        Launches usual = launch(stack, plan, "usual");
        usual.judged(judge).forEach(judged -> findings.addAll(judged.findings(0)));
        Launches fewer = launch(stack, plan, "fewer");
        TimeUnit.SECONDS.sleep(1); // what this row is about
        senders.kill(senders.ready().getFirst());
        long bound =
                Doubt.boundOf(BATCHES_IN_FLIGHT, fewer.campaigns().getFirst().audience());
        fewer.judged(judge).forEach(judged -> findings.addAll(judged.findings(bound)));
        findings.addAll(senders.drain());
        Duration p99Usual = p99(usual);
        Duration p99 = p99(fewer);
        if (p99.compareTo(p99Usual.multipliedBy(2)) > 0) {
            findings.add("p99 is " + p99 + ", more than twice the usual " + p99Usual);
        }
        return new Seen(
                String.format(
                        Locale.ROOT,
                        "p99 %d ms, usually %d ms (%.2f times); %,d devices of which %,d in the bound of the one killed",
                        p99.toMillis(),
                        p99Usual.toMillis(),
                        (double) p99.toMillis() / p99Usual.toMillis(),
                        DEVICES,
                        bound),
                findings);
    }

    private static Launches launch(FaultStack stack, FaultPlan plan, String name) throws InterruptedException {
        Launches launches = Launches.one(stack, name, DEVICES, plan.firstSeed() + name.length());
        launches.press(SENDERS);
        return launches;
    }

    private static Duration p99(Launches launches) {
        Duration longest = Duration.ZERO;
        for (Platform platform : Platform.values()) {
            DeliveryTimes times = launches.times(platform);
            Duration p99 = times.percentile(SHARE);
            longest = p99.compareTo(longest) > 0 ? p99 : longest;
        }
        return longest;
    }
}
