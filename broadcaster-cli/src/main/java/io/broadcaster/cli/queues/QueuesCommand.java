package io.broadcaster.cli.queues;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The queues and their dead-letter queues. */
@Command(
        name = "queues",
        mixinStandardHelpOptions = true,
        description = "Show the queues; look into dead-letter queues and put back what they hold.",
        subcommands = {StatusCommand.class, InspectCommand.class, RedriveCommand.class})
public final class QueuesCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
