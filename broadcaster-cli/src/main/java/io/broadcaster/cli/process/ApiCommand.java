package io.broadcaster.cli.process;

import io.broadcaster.config.Settings;
import java.util.Map;
import picocli.CommandLine.Command;

/** Runs the API. */
@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        description = "Run the HTTP API: campaigns, the press, progress.")
public final class ApiCommand extends ProcessCommand {
    @Override
    protected Running start(Settings settings) {
        var api = io.broadcaster.api.Main.start(settings);
        return new Running(Map.of("api", api.uri().toString()), api::close);
    }
}
