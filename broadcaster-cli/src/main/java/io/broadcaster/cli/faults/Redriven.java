package io.broadcaster.cli.faults;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.client.Poll;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.loadtest.check.DeliveryTimes;
import io.broadcaster.task.DeadLetterQueue;
import io.broadcaster.task.DeadLetterQueue.State;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.Redrive;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.Received;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Row 29: a sender dies in the middle of two launches, the rest of the batches gives up, and is put back long after
 * not-after: what was not sent is expired, and nothing is sent any more. Two hours are two minutes here: not-after is near.
 */
final class Redriven implements Row {
    private static final int BATCHES_IN_FLIGHT = 2;
    private static final Duration WINDOW = Duration.ofSeconds(40);
    private static final Duration GIVE_UP_MAX = Duration.ofMinutes(1);
    private static final Map<String, String> SETTINGS =
            Map.of("sender.batches-in-flight", Integer.toString(BATCHES_IN_FLIGHT));
    private static final Set<OutcomeCode> CODES = EnumSet.copyOf(Judged.USUAL);

    static {
        CODES.add(OutcomeCode.EXPIRED);
    }

    @Override
    public int number() {
        return 29;
    }

    @Override
    public String what() {
        return "dead letters redriven after not-after";
    }

    @Override
    public String invariants() {
        return "I6; I1 I2 I4";
    }

    @Override
    public Seen run(FaultStack stack, FaultPlan plan) throws InterruptedException {
        for (Platform platform : Platform.values()) {
            stack.simulators().answerTime(platform, Duration.ofMillis(500));
        }
        var first = new SenderFleet(stack);
        first.start(1, SETTINGS);
        Launches launches = Launches.bothPolicies(stack, "redriven", plan.devices(), WINDOW);
        long before = Launches.taken(stack);
        launches.press(1);
        Instant redriveAt = InstantSource.system().instant().plus(Redrive.SAFE_AFTER);
        launches.awaitTaken(0.2, before);
        first.kill(first.ready().getFirst());
        letGiveUp(stack);
        long millis =
                Duration.between(InstantSource.system().instant(), redriveAt).toMillis();
        TimeUnit.MILLISECONDS.sleep(Math.max(0, millis)); // past not-after, and as late as a redrive has to be
        long taken = Launches.taken(stack);
        var second = new SenderFleet(stack);
        second.start(1, SETTINGS);
        long moved = redrive(stack);
        List<Judged> judged = launches.judged(new Judge(stack));
        var findings = new ArrayList<>(second.drain());
        long bound =
                Doubt.boundOf(BATCHES_IN_FLIGHT, launches.campaigns().getFirst().audience());
        judged.forEach(one -> findings.addAll(one.findings(bound(one, bound), CODES)));
        if (Doubt.of(judged).sentAgain() > 0) {
            findings.add("I6: " + Doubt.of(judged).sentAgain() + " devices sent again");
        }
        long expired =
                judged.stream().mapToLong(one -> one.of(OutcomeCode.EXPIRED)).sum();
        if (expired == 0 || moved == 0) {
            findings.add("nothing was left to expire: more --devices");
        }
        long late = Launches.taken(stack) - taken;
        if (late > 0) {
            findings.add("I6: the providers got " + late + " requests after not-after");
        }
        DeliveryTimes ios = launches.times(Platform.IOS);
        return new Seen(
                moved + " batches put back: " + expired + " devices expired, " + late
                        + " requests after not-after, last delivery "
                        + ios.percentile(1).toMillis() + " ms after the press; " + Doubt.of(judged),
                findings);
    }

    /** What is sent without a claim leaves no trace: of a batch that comes back, every device may have been reached. */
    private static long bound(Judged judged, long ofOneSender) {
        return judged.under(DeliveryPolicy.AT_LEAST_ONCE)
                ? judged.campaign().audience().size()
                : ofOneSender;
    }

    /** Every batch is delivered as often as its queue allows, to somebody who does nothing with it. */
    private static void letGiveUp(FaultStack stack) throws InterruptedException {
        try (AwsCloud strict =
                AwsCloud.connect(CloudConfig.from(stack.settings().with(Map.of("cloud.max-receive-count", "2"))))) {
            var _ = strict.provisioner().provisionQueues();
        }
        for (Platform platform : Platform.values()) {
            TaskQueue queue = stack.cloud().queue(QueueName.batches(platform));
            Poll.until(
                    GIVE_UP_MAX,
                    () -> {
                        giveBack(queue);
                        return queue.depth();
                    },
                    depth -> depth.visible() + depth.inFlight() == 0);
        }
    }

    private static void giveBack(TaskQueue queue) {
        while (true) {
            List<Received> messages =
                    queue.receive(TaskQueue.CALL_MAX, Duration.ZERO, Duration.ofSeconds(30), UUID.randomUUID());
            if (messages.isEmpty()) {
                return;
            }
            var _ = queue.extend(messages.stream().map(Received::receipt).toList(), Duration.ZERO);
        }
    }

    private static long redrive(FaultStack stack) throws InterruptedException {
        long moved = 0;
        for (Platform platform : Platform.values()) {
            DeadLetterQueue letters = stack.cloud().deadLetters(QueueName.batches(platform));
            if (stack.cloud().queue(QueueName.batches(platform)).depth().deadLetters() > 0
                    && letters.redrive(DeadLetterQueue.RATE_MAX)) {
                moved += Poll.until(
                                GIVE_UP_MAX,
                                () -> letters.latestMove().orElseThrow(),
                                move -> move.state() != State.RUNNING)
                        .moved();
            }
        }
        return moved;
    }
}
