package io.broadcaster.cli.campaign;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The life of a campaign, a subcommand per act. */
@Command(
        name = "campaign",
        mixinStandardHelpOptions = true,
        description = "Create, load, proof, approve, arm, launch, watch and export campaigns through the API.",
        subcommands = {
            CreateCommand.class,
            LoadCommand.class,
            ProofCommand.class,
            ApproveCommand.class,
            ArmCommand.class,
            DisarmCommand.class,
            GoCommand.class,
            AbortCommand.class,
            StatusCommand.class,
            ExportCommand.class
        })
public final class CampaignCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
