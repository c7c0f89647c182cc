package io.broadcaster.cli.process;

import io.broadcaster.config.Settings;
import java.util.Map;
import picocli.CommandLine.Command;

/** Run a sender worker: tier 2, batches to APNs and FCM. */
@Command(
        name = "sender",
        mixinStandardHelpOptions = true,
        description = "Run a sender worker: tier 2, batches to APNs and FCM.")
public final class SenderCommand extends ProcessCommand {
    @Override
    protected Running start(Settings settings) {
        var sender = io.broadcaster.sender.Main.start(settings);
        return new Running(Map.of(), sender::close);
    }
}
