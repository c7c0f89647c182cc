package io.broadcaster.cli.audit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The audit log. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description =
                "Check that the audit log is what was written, read it, and note its head to be checked against later.",
        subcommands = {VerifyCommand.class, ListCommand.class, HeadCommand.class})
public final class AuditCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
