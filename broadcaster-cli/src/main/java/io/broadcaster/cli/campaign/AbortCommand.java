package io.broadcaster.cli.campaign;

import io.broadcaster.cli.client.ApiClient;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** Stop a launch: what was not sent yet is suppressed. */
@Command(
        name = "abort",
        mixinStandardHelpOptions = true,
        description = "Stop a launch: what was not sent yet is suppressed.")
final class AbortCommand extends CampaignActCommand {
    @Override
    void act(ApiClient client, PrintWriter out) {
        printState(client.post(path("/abort")), out);
    }
}
