package io.broadcaster.cli.campaign;

import io.broadcaster.cli.client.ApiClient;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Approves the loaded content as the second person, who made no part of the campaign. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description =
                "Approve the loaded content, all of it seen on a phone, as the second person, who made no part of the campaign.")
final class ApproveCommand extends CampaignActCommand {
    @Option(
            names = "--revision",
            required = true,
            paramLabel = "N",
            description = "The revision that you have looked at, as campaign status shows it; any other is refused.")
    private int revision;

    @Option(
            names = "--seen",
            paramLabel = "VARIANT",
            description =
                    "What you have seen on a phone, such as ios/en; repeat it for every platform and locale of the"
                            + " content (a silent campaign shows nothing: leave it out).")
    private List<String> seen = List.of();

    @Override
    void act(ApiClient client, PrintWriter out) {
        printState(client.post(path("/approve"), Map.of("revision", revision, "seen", seen)), out);
    }
}
