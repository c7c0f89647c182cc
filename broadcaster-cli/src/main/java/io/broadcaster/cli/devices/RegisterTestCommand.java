package io.broadcaster.cli.devices;

import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.client.ApiClient;
import io.broadcaster.cli.client.ApiOptions;
import io.broadcaster.cli.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Registers a phone of the team for proofs. The token comes from a file, so that it shows in no process list. */
@Command(
        name = "register-test",
        mixinStandardHelpOptions = true,
        description = "Register a phone of the team as a test device for proofs.")
final class RegisterTestCommand implements Callable<Integer> {
    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "1 to 63 of a-z 0-9 -.")
    private String name = "";

    @Option(names = "--platform", required = true, description = "${COMPLETION-CANDIDATES}.")
    private Platform platform = Platform.IOS;

    @Option(names = "--locale", required = true, description = "Such as en or pt-BR.")
    private String locale = "";

    @Option(names = "--token-file", paramLabel = "FILE", required = true, description = "Holds the device's token.")
    private Path tokenFile = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        try (ApiClient client = api.connect()) {
            client.put(
                    "/test-devices/" + name,
                    Map.of(
                            "platform",
                            platform.wireName(),
                            "token",
                            Files.readString(tokenFile).strip(),
                            "locale",
                            locale));
        }
        spec.commandLine().getOut().println("registered test device " + name);
        return ExitCode.OK;
    }
}
