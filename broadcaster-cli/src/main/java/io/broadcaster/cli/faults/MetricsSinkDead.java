package io.broadcaster.cli.faults;

import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.faults.SenderFleet.Sender;
import io.broadcaster.loadtest.fault.FaultProxy;
import io.broadcaster.loadtest.fault.LinkFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Row 32: the metrics sink takes connections and never answers; senders that publish to it every second go on. */
final class MetricsSinkDead implements Row {
    private static final int SENDERS = 2;

    /** Beyond the noise of a shared machine. */
    private static final Duration NOISE = Duration.ofMillis(500);

    @Override
    public int number() {
        return 32;
    }

    @Override
    public String what() {
        return "metrics sink blackholed";
    }

    @Override
    public String invariants() {
        return "sends unaffected; I1 I2 I4";
    }

    @Override
    public Seen run(FaultStack stack, FaultPlan plan) throws InterruptedException {
        for (Platform platform : Platform.values()) {
            stack.simulators().answerTime(platform, Duration.ofMillis(100));
        }
        var findings = new ArrayList<String>();
        var judge = new Judge(stack);
        try (FaultProxy sink = FaultProxy.before(stack.queuesPort())) {
            var usual = new SenderFleet(stack);
            usual.start(SENDERS, Map.of());
            Duration without = launches(stack, plan, judge, "usual", findings);
            findings.addAll(usual.drain());
            sink.suffer(new LinkFault.Blackhole(LinkFault.Direction.TO_SERVER));
            var publishing = new SenderFleet(stack);
            for (int i = 0; i < SENDERS; i++) {
                publishing.spawn(
                        Map.of("telemetry.cloudwatch", "true", "telemetry.cloudwatch-step", "1s"),
                        Map.of(
                                "AWS_ENDPOINT_URL_CLOUDWATCH", "http://127.0.0.1:" + sink.port(),
                                "AWS_REGION", "us-east-1",
                                "AWS_ACCESS_KEY_ID", "none",
                                "AWS_SECRET_ACCESS_KEY", "none"));
            }
            for (Sender sender : publishing.all()) {
                sender.process().awaitReady();
            }
            Duration with = launches(stack, plan, judge, "sink-dead", findings);
            int reached = sink.links().size();
            findings.addAll(publishing.drain());
            if (reached == 0) {
                findings.add("the sink was never reached: nothing was shown");
            }
            if (with.compareTo(without.multipliedBy(2).plus(NOISE)) > 0) {
                findings.add("the last delivery came after " + with + ", with a sink that works after " + without);
            }
            return new Seen(
                    "last delivery after " + with.toMillis() + " ms, " + without.toMillis() + " ms without metrics; "
                            + reached + " connections swallowed",
                    findings);
        }
    }

    /** Two launches, the first for cold JVMs; when the last device of the second had its delivery. */
    private static Duration launches(FaultStack stack, FaultPlan plan, Judge judge, String name, List<String> findings)
            throws InterruptedException {
        Duration last = Duration.ZERO;
        for (int i = 0; i < 2; i++) {
            Launches launches =
                    Launches.one(stack, name + "-" + i, plan.devices(), plan.firstSeed() + name.length() + i);
            launches.press(SENDERS);
            launches.judged(judge).forEach(judged -> findings.addAll(judged.findings(0)));
            last = launches.times(Platform.IOS).percentile(1);
        }
        return last;
    }
}
