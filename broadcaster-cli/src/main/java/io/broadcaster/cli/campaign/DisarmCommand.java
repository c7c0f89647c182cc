package io.broadcaster.cli.campaign;

import io.broadcaster.cli.client.ApiClient;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** Take an armed campaign back to loaded. */
@Command(name = "disarm", mixinStandardHelpOptions = true, description = "Take an armed campaign back to loaded.")
final class DisarmCommand extends CampaignActCommand {
    @Override
    void act(ApiClient client, PrintWriter out) {
        printState(client.post(path("/disarm")), out);
    }
}
