package io.broadcaster.cli.queues;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.cli.process.CloudOptions;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue.Depth;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How deep every queue is. The figures are SQS's own, and approximate as they are. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show of every queue how many messages wait, are being worked on, and gave up.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private CloudOptions options = new CloudOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (AwsCloud cloud = options.connect()) {
            out.println(line("queue", "waiting", "in flight", "dead letters"));
            for (QueueName name : QueueName.values()) {
                Depth depth = cloud.queue(name).depth();
                out.println(line(
                        name.wireName(),
                        Long.toString(depth.visible()),
                        Long.toString(depth.inFlight()),
                        Long.toString(depth.deadLetters())));
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private static String line(String queue, String waiting, String inFlight, String deadLetters) {
        return String.format(Locale.ROOT, "%-16s %10s %10s %13s", queue, waiting, inFlight, deadLetters);
    }
}
