package io.broadcaster.cli.devices;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Devices of users and of the team. */
@Command(
        name = "devices",
        mixinStandardHelpOptions = true,
        description = "Import the devices of users; register test devices.",
        subcommands = {ImportCommand.class, RegisterTestCommand.class})
public final class DevicesCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
