package io.broadcaster.cli.queues;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.cli.client.Poll;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.cli.terminal.Progress;
import io.broadcaster.cli.terminal.SettingsOptions;
import io.broadcaster.task.DeadLetterQueue;
import io.broadcaster.task.DeadLetterQueue.Move;
import io.broadcaster.task.DeadLetterQueue.State;
import io.broadcaster.task.QueueName;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "Put every message that gave up back into its queue, at a bounded rate, and wait until it is done. Safe at any",
            "later time: what is recorded is not sent again, and what is past not-after is recorded as expired."
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
            defaultValue = "50",
            description = "Messages per second, at most 500 (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (rate < DeadLetterQueue.RATE_MIN || rate > DeadLetterQueue.RATE_MAX) {
            throw new InvalidInput(
                    "--rate",
                    "must be from " + DeadLetterQueue.RATE_MIN + " to " + DeadLetterQueue.RATE_MAX,
                    rate);
        }
        PrintWriter out = spec.commandLine().getOut();
        try (AwsCloud cloud = AwsCloud.connect(CloudConfig.from(settings.load()))) {
            long letters = cloud.queue(queue).depth().deadLetters();
            if (letters == 0) {
                out.println(queue.wireName() + " has no dead letters");
                out.flush();
                return ExitCode.OK;
            }
            return redrive(cloud.deadLetters(queue), letters, out);
        }
    }

    private int redrive(DeadLetterQueue deadLetters, long letters, PrintWriter out) throws InterruptedException {
        boolean begun = deadLetters.redrive(rate);
        out.println(
                begun
                        ? "moving " + letters + " dead letters of " + queue.wireName() + " back, " + rate + " per second"
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
