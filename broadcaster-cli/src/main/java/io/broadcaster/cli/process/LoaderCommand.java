package io.broadcaster.cli.process;

import io.broadcaster.config.Settings;
import java.util.Map;
import picocli.CommandLine.Command;

/** Run a campaign loader: audiences to snapshots. */
@Command(
        name = "loader",
        mixinStandardHelpOptions = true,
        description = "Run a campaign loader: audiences to snapshots.")
public final class LoaderCommand extends ProcessCommand {
    @Override
    protected Running start(Settings settings) {
        var loader = io.broadcaster.loader.Main.start(settings);
        return new Running(Map.of(), loader::close);
    }
}
