package io.broadcaster.cli.queues;

import io.broadcaster.audit.AuditAct;
import io.broadcaster.audit.AuditLog;
import io.broadcaster.audit.AuditStore;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Pressers;
import io.broadcaster.cli.client.Poll;
import io.broadcaster.cli.process.CloudOptions;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.cli.terminal.Progress;
import io.broadcaster.task.DeadLetterQueue;
import io.broadcaster.task.DeadLetterQueue.Move;
import io.broadcaster.task.DeadLetterQueue.State;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.Redrive;
import io.broadcaster.task.Redrive.Look;
import io.broadcaster.task.WaitingClock;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts everything in one dead-letter queue back to where it came from. SQS does the work, and goes on when this ends. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description = {
            "Put every message that gave up back into its queue, at a bounded rate, and wait until it is done. Batches go back",
            "two minutes after their press at the earliest; from then on at any time: senders take a batch that is put back",
            "for one that may have been sent, skip what is recorded, and send nothing past not-after. It is written down in the",
            "audit log first, and not done without."
        })
final class RedriveCommand implements Callable<Integer> {
    private static final Duration MOVE_MAX = Duration.ofHours(12);

    @Parameters(
            paramLabel = "QUEUE",
            completionCandidates = QueueChoice.Names.class,
            converter = QueueChoice.Converter.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private QueueName queue = QueueName.SLICES;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "" + DeadLetterQueue.RATE_DEFAULT,
            description = "Messages per second, at most " + DeadLetterQueue.RATE_MAX + " (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who does it, for the audit log (default: ${DEFAULT-VALUE}).")
    private String who = "";

    @Mixin
    private CloudOptions options = new CloudOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        var _ = DeadLetterQueue.rate("--rate", rate);
        if (!Pressers.isName(who)) {
            throw new InvalidInput("--as", "must be " + Pressers.NAME_RULE, who);
        }
        PrintWriter out = spec.commandLine().getOut();
        try (AwsCloud cloud = options.connect()) {
            var redrive = new Redrive(queue, cloud.queue(queue), cloud.deadLetters(queue), cloud.campaigns());
            Look look = lookOnceSafe(redrive, out);
            if (look.letters() == 0) {
                out.println(queue.wireName() + " has no dead letters");
                out.flush();
                return ExitCode.OK;
            }
            writeDown(cloud.audit(), look);
            return redrive(redrive.deadLetters(), look.letters(), out);
        }
    }

    private void writeDown(AuditStore store, Look look) {
        var random = RandomGenerator.of("SecureRandom");
        var clock = WaitingClock.of(InstantSource.system());
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        AuditAct act = AuditAct.redrive(id, clock.instant(), who, queue, look.detail(rate));
        new AuditLog(store, random, clock, _ -> {}).write(List.of(act));
    }

    /** Waits until what there is may go back, and looks again: of a later launch more may have given up meanwhile. */
    private static Look lookOnceSafe(Redrive redrive, PrintWriter out) throws InterruptedException {
        Look look = redrive.look();
        for (Duration left = left(look); left.isPositive(); left = left(look)) {
            out.println("waiting " + left.toSeconds() + " s: a launch is younger than " + Redrive.SAFE_AFTER.toMinutes()
                    + " minutes");
            out.flush();
            TimeUnit.MILLISECONDS.sleep(left.toMillis() + 1);
            look = redrive.look();
        }
        return look;
    }

    private static Duration left(Look look) {
        return Duration.between(InstantSource.system().instant(), look.safeAt());
    }

    private int redrive(DeadLetterQueue deadLetters, long letters, PrintWriter out) throws InterruptedException {
        boolean begun = deadLetters.redrive(rate);
        out.println(
                begun
                        ? "moving " + letters + " dead letters of " + queue.wireName() + " back, " + rate
                                + " per second"
                        : "a move of " + queue.wireName() + " runs already; waiting for it");
        out.flush();
        try (Progress progress = Progress.start("moving", " messages", letters)) {
            Optional<Move> move = Poll.until(
                    MOVE_MAX,
                    () -> {
                        Optional<Move> now = deadLetters.latestMove();
                        now.ifPresent(m -> progress.at(m.moved()));
                        return now;
                    },
                    now -> now.map(m -> m.state() != State.RUNNING).orElse(false));
            return ended(move.orElseThrow(), out);
        }
    }

    private int ended(Move move, PrintWriter out) {
        return switch (move.state()) {
            case COMPLETED -> {
                out.println(move.moved() + " messages moved back to " + queue.wireName());
                out.flush();
                yield ExitCode.OK;
            }
            case RUNNING, CANCELLED, FAILED ->
                throw new IllegalStateException("the move ended " + move.state() + " after " + move.moved()
                        + " messages: " + (move.failure().isEmpty() ? "no reason given" : move.failure()));
        };
    }
}
