package io.broadcaster.cli.faults;

import io.broadcaster.campaign.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Row 20: FCM takes three seconds for every answer; iOS must not notice. */
final class SlowProvider implements Row {
    private static final int SENDERS = 2;
    private static final Duration USUAL = Duration.ofMillis(100);
    private static final Duration SLOW = Duration.ofSeconds(3);

    /** Beyond the noise of a shared machine. */
    private static final Duration NOISE = Duration.ofMillis(500);

    @Override
    public int number() {
        return 20;
    }

    @Override
    public String what() {
        return "FCM answers after " + SLOW.toSeconds() + " s";
    }

    @Override
    public String invariants() {
        return "I7: iOS untouched; I1 I2 I4";
    }

    @Override
    public Seen run(FaultStack stack, FaultPlan plan) throws InterruptedException {
        var senders = new SenderFleet(stack);
        senders.start(SENDERS, Map.of("sender.batches-in-flight", "8"));
        var findings = new ArrayList<String>();
        var row = new Presses(stack, plan, new Judge(stack), findings);
        row.lastIosDelivery("warm-up", USUAL); // cold JVMs compare with nothing
        Duration usual = row.lastIosDelivery("usual", USUAL);
        Duration slow = row.lastIosDelivery("slow", SLOW);
        findings.addAll(senders.drain());
        if (slow.compareTo(usual.multipliedBy(2).plus(NOISE)) > 0) {
            findings.add("I7: iOS waited for Android: its last delivery came after " + slow + ", usually " + usual);
        }
        return new Seen(
                String.format(
                        Locale.ROOT,
                        "last iOS delivery after %d ms, %d ms when FCM is not slow",
                        slow.toMillis(),
                        usual.toMillis()),
                findings);
    }

    /** One launch after the other, judged into the same findings. */
    private record Presses(FaultStack stack, FaultPlan plan, Judge judge, List<String> findings) {
        /** After what time the last iOS device had its delivery, when FCM answers after {@code android}. */
        Duration lastIosDelivery(String name, Duration android) throws InterruptedException {
            stack.simulators().answerTime(Platform.IOS, USUAL);
            stack.simulators().answerTime(Platform.ANDROID, android);
            Launches launches = Launches.one(stack, name, plan.devices(), plan.firstSeed() + name.length());
            launches.press(SENDERS);
            launches.judged(judge).forEach(judged -> findings.addAll(judged.findings(0)));
            return launches.times(Platform.IOS).percentile(1);
        }
    }
}
