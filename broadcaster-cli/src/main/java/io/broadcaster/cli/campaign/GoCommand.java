package io.broadcaster.cli.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.cli.client.ApiClient;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** The press. */
@Command(
        name = "go",
        mixinStandardHelpOptions = true,
        description =
                "Launch. Pressing again, from anywhere and at any time, shows the same launch and sends nothing more.")
final class GoCommand extends CampaignActCommand {
    @Override
    void act(ApiClient client, PrintWriter out) {
        JsonNode launch = client.post(path("/go"));
        out.println("launched by " + launch.path("pressedBy").asText() + " at "
                + launch.path("pressedAt").asText() + ": launch "
                + launch.path("launch").asText() + ", " + launch.path("slices").asInt() + " slices, "
                + launch.path("batches").asInt() + " batches");
    }
}
