package io.broadcaster.cli.process;

import io.broadcaster.config.Settings;
import java.util.Map;
import picocli.CommandLine.Command;

/** Run a fan-out worker: tier 1, slices to batches. */
@Command(
        name = "fanout",
        mixinStandardHelpOptions = true,
        description = "Run a fan-out worker: tier 1, slices to batches.")
public final class FanoutCommand extends ProcessCommand {
    @Override
    protected Running start(Settings settings) {
        var fanout = io.broadcaster.fanout.Main.start(settings);
        return new Running(Map.of(), fanout::close);
    }
}
