package io.broadcaster.cli.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.cli.client.ApiClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Creates a campaign from a JSON file of the form that the API's {@code POST /campaigns} takes. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Create a campaign from a JSON file: id, name, kind, policy, expiry, defaultLocale, contents.")
final class CreateCommand extends ActCommand {
    @Parameters(paramLabel = "FILE", description = "The campaign as JSON (see docs/campaign.example.json).")
    private Path file = Path.of("");

    @Override
    void act(ApiClient client, PrintWriter out) throws Exception {
        JsonNode campaign = new ObjectMapper().readTree(file.toFile());
        printState(client.post("/campaigns", campaign), out);
    }
}
