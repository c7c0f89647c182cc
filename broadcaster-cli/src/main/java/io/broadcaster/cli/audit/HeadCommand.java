package io.broadcaster.cli.audit;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.cli.process.CloudOptions;
import io.broadcaster.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the end of the chain. */
@Command(
        name = "head",
        mixinStandardHelpOptions = true,
        description = {
            "Print the end of the audit log, as number:sha256. It stands for every entry so far: kept where nobody who may",
            "write to the table can change it, it lets 'audit verify --expect-head' find whatever is changed or cut off later."
        })
final class HeadCommand implements Callable<Integer> {
    @Mixin
    private CloudOptions options = new CloudOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (AwsCloud cloud = options.connect()) {
            out.println(cloud.audit().head());
        }
        out.flush();
        return ExitCode.OK;
    }
}
