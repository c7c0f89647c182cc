package io.broadcaster.cli.campaign;

import io.broadcaster.cli.client.ApiClient;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** Shows where a campaign stands, as the API tells it. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show state, limits, slices, outcomes per platform, timings and readiness, as JSON.")
final class StatusCommand extends CampaignActCommand {
    @Override
    void act(ApiClient client, PrintWriter out) {
        out.println(client.get(path("/status")).toPrettyString());
    }
}
