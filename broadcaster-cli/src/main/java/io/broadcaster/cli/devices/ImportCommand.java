package io.broadcaster.cli.devices;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.cli.process.CloudOptions;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.cli.terminal.Progress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports devices of users into the device store, once the whole file was found good. Safe to repeat. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Add devices from a .csv or .jsonl file (or .gz of it) with user_id, platform, token, locale, registered_at.")
final class ImportCommand implements Callable<Integer> {
    @Mixin
    private CloudOptions options = new CloudOptions();

    @Parameters(paramLabel = "FILE", description = "The devices.")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        DeviceRows.check(file);
        try (AwsCloud cloud = options.connect();
                DeviceRows rows = DeviceRows.open(file);
                Progress progress = Progress.start("importing", " devices", -1)) {
            long imported = new DeviceImport(cloud.devices(), progress::at).run(rows);
            spec.commandLine().getOut().println("imported " + imported + " devices");
        }
        return ExitCode.OK;
    }
}
