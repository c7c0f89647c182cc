package io.broadcaster.cli.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.cli.client.ApiClient;
import io.broadcaster.cli.client.ApiOptions;
import io.broadcaster.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One act on the API: connects, acts, prints the answer. */
abstract class ActCommand implements Callable<Integer> {
    @Mixin
    private ApiOptions api = new ApiOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Does the act; {@code out} is the terminal. */
    abstract void act(ApiClient client, PrintWriter out) throws Exception;

    @Override
    public final Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (ApiClient client = api.connect()) {
            act(client, out);
        }
        out.flush();
        return ExitCode.OK;
    }

    /** One line that says where the campaign stands. */
    static void printState(JsonNode campaign, PrintWriter out) {
        String id = campaign.path("id").asText(campaign.path("campaign").asText());
        out.println(id + " revision " + campaign.path("revision").asInt() + " is "
                + campaign.path("state").asText());
    }
}
