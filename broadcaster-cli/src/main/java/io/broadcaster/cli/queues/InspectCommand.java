package io.broadcaster.cli.queues;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.cli.process.CloudOptions;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.task.DeadLetterQueue.DeadLetter;
import io.broadcaster.task.QueueName;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks into one dead-letter queue and leaves everything in it. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = {
            "Show messages that gave up: age, deliveries, and the message itself, a line of key=value words without tokens.",
            "None is consumed; those that are shown are out of sight for a moment."
        })
final class InspectCommand implements Callable<Integer> {
    private static final int MAX = 1_000;

    /** Ours have about 200; what is longer is none of ours. */
    private static final int BODY_SHOWN_MAX = 300;

    @Parameters(
            paramLabel = "QUEUE",
            completionCandidates = QueueChoice.Names.class,
            converter = QueueChoice.Converter.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private QueueName queue = QueueName.SLICES;

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "10",
            description = "Messages to show, at most 1000 (default: ${DEFAULT-VALUE}).")
    private int max;

    @Mixin
    private CloudOptions options = new CloudOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (max < 1 || max > MAX) {
            throw new InvalidInput("--max", "must be from 1 to " + MAX, max);
        }
        PrintWriter out = spec.commandLine().getOut();
        try (AwsCloud cloud = options.connect()) {
            List<DeadLetter> letters = cloud.deadLetters(queue).peek(max);
            Instant now = InstantSource.system().instant();
            letters.forEach(letter -> out.println(line(letter, now)));
            out.println(letters.size() + " of " + cloud.queue(queue).depth().deadLetters() + " dead letters of "
                    + queue.wireName() + " shown");
        }
        out.flush();
        return ExitCode.OK;
    }

    private static String line(DeadLetter letter, Instant now) {
        return String.format(
                Locale.ROOT,
                "%s old, %d deliveries, id %s: %s",
                age(Duration.between(letter.sentAt(), now)),
                letter.receiveCount(),
                letter.id(),
                printable(letter.body()));
    }

    private static String age(Duration age) {
        return String.format(
                Locale.ROOT, "%d:%02d:%02d", age.toHours(), age.toMinutesPart(), Math.max(0, age.toSecondsPart()));
    }

    private static String printable(String body) {
        String start = body.length() > BODY_SHOWN_MAX ? body.substring(0, BODY_SHOWN_MAX) + " …" : body;
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
