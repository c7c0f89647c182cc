package io.broadcaster.cli.loadtest;

import io.broadcaster.cli.faults.FaultsCommand;
import io.broadcaster.cli.wire.ClientCommand;
import io.broadcaster.cli.wire.PeerCommand;
import io.broadcaster.cli.wire.WireCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The load tests. */
@Command(
        name = "loadtest",
        mixinStandardHelpOptions = true,
        description = "Measure Broadcaster on this machine, simulated providers and local cloud included.",
        subcommands = {
            BlastCommand.class,
            ScaleCommand.class,
            BenchCommand.class,
            SimulateCommand.class,
            SnapshotCommand.class,
            WireCommand.class,
            FaultsCommand.class,
            PeerCommand.class,
            ClientCommand.class
        })
public final class LoadtestCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
