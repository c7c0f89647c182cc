package io.broadcaster.cli.campaign;

import io.broadcaster.cli.client.ApiClient;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** Approve the loaded content as the second person; never its author. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Approve the loaded content as the second person; never its author.")
final class ApproveCommand extends CampaignActCommand {
    @Override
    void act(ApiClient client, PrintWriter out) {
        printState(client.post(path("/approve")), out);
    }
}
