package io.broadcaster.cli.process;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Creates queues, dead-letter queues, tables and the bucket. Safe to repeat. */
@Command(
        name = "provision",
        mixinStandardHelpOptions = true,
        description = "Create queues, tables and bucket, or set right what stands already. Safe to repeat.")
public final class ProvisionCommand implements Callable<Integer> {
    @Mixin
    private CloudOptions options = new CloudOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (AwsCloud cloud = options.connect()) {
            cloud.provisioner().provision().forEach(spec.commandLine().getOut()::println);
        }
        return ExitCode.OK;
    }
}
