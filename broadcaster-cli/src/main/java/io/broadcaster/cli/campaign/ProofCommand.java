package io.broadcaster.cli.campaign;

import io.broadcaster.cli.client.ApiClient;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends the loaded content to a registered test device. */
@Command(
        name = "proof",
        mixinStandardHelpOptions = true,
        description = "Send exactly the loaded content to a registered test device, through the vendor's library.")
final class ProofCommand extends CampaignActCommand {
    @Option(names = "--test-device", paramLabel = "NAME", required = true, description = "See 'devices register-test'.")
    private String testDevice = "";

    @Override
    void act(ApiClient client, PrintWriter out) {
        var proof = client.post(path("/proofs"), Map.of("testDevice", testDevice));
        out.println("proof " + proof.path("id").asText() + " to " + testDevice
                + " is on its way; 'campaign status' shows its result");
    }
}
