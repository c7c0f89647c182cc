package io.broadcaster.cli.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.cli.client.ApiClient;
import io.broadcaster.cli.client.ApiRefusal;
import io.broadcaster.cli.client.Poll;
import io.broadcaster.cli.terminal.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Uploads an audience where one is given, asks for the load, and follows it to its end. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Turn the campaign's audience into a sealed snapshot, and follow the progress.")
final class LoadCommand extends CampaignActCommand {
    private static final Duration LOAD_MAX = Duration.ofHours(6);

    @Option(
            names = "--audience",
            paramLabel = "FILE",
            description = "User ids to upload first: .txt, .csv or .jsonl, plain or .gz or .zst.")
    private Optional<Path> audience = Optional.empty();

    @Option(names = "--no-wait", description = "Return once the load is asked for.")
    private boolean noWait;

    @Override
    void act(ApiClient client, PrintWriter out) throws Exception {
        if (audience.isPresent()) {
            Path file = audience.get();
            client.putFile(path("/audience"), file, new AudienceFile(file).headers());
        }
        client.post(path("/load"));
        if (noWait) {
            return;
        }
        JsonNode status = follow(client);
        if (!status.path("state").asText().equals("LOADED")) {
            throw new ApiRefusal(
                    409,
                    "the load failed: " + status.path("ending").path("reason").asText());
        }
        printState(status, out);
        out.println(status.path("load").toPrettyString());
    }

    private JsonNode follow(ApiClient client) throws InterruptedException {
        try (Progress progress = Progress.start("loading", " bytes", -1)) {
            return Poll.until(
                    LOAD_MAX,
                    () -> {
                        JsonNode status = client.get(path("/status"));
                        JsonNode load = status.path("load");
                        progress.at(
                                load.path("bytesRead").asLong(),
                                load.path("bytesTotal").asLong(-1));
                        return status;
                    },
                    LoadCommand::ended);
        }
    }

    private static boolean ended(JsonNode status) {
        return !status.path("state").asText().equals("LOADING");
    }
}
