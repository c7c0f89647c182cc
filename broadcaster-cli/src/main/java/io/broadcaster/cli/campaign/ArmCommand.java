package io.broadcaster.cli.campaign;

import io.broadcaster.cli.client.ApiClient;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Arms a campaign for a window of time. */
@Command(
        name = "arm",
        mixinStandardHelpOptions = true,
        description = "Arm a loaded, proofed and approved campaign: it can then be launched within the window.")
final class ArmCommand extends CampaignActCommand {
    @Option(
            names = "--not-before",
            paramLabel = "INSTANT",
            required = true,
            description = "Such as 2026-11-22T20:15:00Z.")
    private Instant notBefore = Instant.EPOCH;

    @Option(
            names = "--not-after",
            paramLabel = "INSTANT",
            required = true,
            description = "Nothing is sent from then on.")
    private Instant notAfter = Instant.EPOCH;

    @Option(
            names = "--presser",
            paramLabel = "NAME",
            description = "Who may press; repeat it for more people (default: everybody whose role allows it).")
    private List<String> pressers = List.of();

    @Override
    void act(ApiClient client, PrintWriter out) {
        var terms = Map.of("notBefore", notBefore.toString(), "notAfter", notAfter.toString(), "pressers", pressers);
        printState(client.post(path("/arm"), terms), out);
    }
}
