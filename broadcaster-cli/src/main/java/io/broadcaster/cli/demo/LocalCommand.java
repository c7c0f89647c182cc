package io.broadcaster.cli.demo;

import io.broadcaster.cli.process.StopSignal;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.cli.terminal.SettingsOptions;
import io.broadcaster.localcloud.LocalCloudConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything in one process, left running: to try the commands, the API, and every press by hand. */
@Command(
        name = "local",
        mixinStandardHelpOptions = true,
        description =
                "Run everything in one process and leave it running: cloud, provider simulators, API and workers.")
public final class LocalCommand implements Callable<Integer> {
    private static final String GUIDE = """
            Broadcaster runs. API: API_URI   (Ctrl-C stops everything)
            An audience of the imported users: AUDIENCE_FILE
            In another terminal:
              ./broadcaster campaign create docs/campaign.example.json --user alice
              ./broadcaster campaign load kick-off --audience AUDIENCE_FILE --user alice
              ./broadcaster devices register-test my-phone --platform ios --locale en --token-file FILE
              ./broadcaster campaign proof kick-off --test-device my-phone --user alice
              ./broadcaster campaign approve kick-off --user bob
              ./broadcaster campaign arm kick-off --not-before … --not-after … --user alice
              ./broadcaster campaign go kick-off
              ./broadcaster campaign status kick-off""";

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Option(
            names = "--ios",
            paramLabel = "N",
            defaultValue = "600",
            description = "iOS devices (default: ${DEFAULT-VALUE}).")
    private int ios;

    @Option(
            names = "--android",
            paramLabel = "N",
            defaultValue = "400",
            description = "Android devices (default: ${DEFAULT-VALUE}).")
    private int android;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var size = new DemoSize(ios, android);
        var stop = new StopSignal();
        try (WorkFolder work = WorkFolder.create();
                LocalStack stack = LocalStack.inProcess(work, LocalCloudConfig.fixedPorts(), settings.load())) {
            DemoAudience audience = DemoAudience.of(size);
            stack.importDevices(audience);
            tellHowToUse(stack, audience.writeUserIds(work.path().resolve("audience.txt")));
            stop.await();
        }
        return ExitCode.OK;
    }

    private void tellHowToUse(LocalStack stack, Path audience) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                GUIDE.replace("API_URI", stack.fleet().api().toString()).replace("AUDIENCE_FILE", audience.toString()));
        out.flush();
    }
}
