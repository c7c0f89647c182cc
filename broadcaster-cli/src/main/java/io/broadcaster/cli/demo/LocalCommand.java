package io.broadcaster.cli.demo;

import io.broadcaster.audience.Device;
import io.broadcaster.cli.local.FleetSize;
import io.broadcaster.cli.local.LocalStack;
import io.broadcaster.cli.local.WorkFolder;
import io.broadcaster.cli.process.StopSignal;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.cli.terminal.SettingsOptions;
import io.broadcaster.localcloud.LocalCloudConfig;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
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
            Broadcaster runs. API: {api}   (Ctrl-C stops everything)
            In a browser: {api}/ (sign in as alice, then as bob to approve; no password; audience and tokens of test devices lie in {work})
            Or in another terminal:
              ./broadcaster campaign create docs/campaign.example.json --user alice
              ./broadcaster campaign load kick-off --audience {work}/audience.txt --user alice
              ./broadcaster devices register-test my-iphone --platform ios --locale en --token-file {work}/ios.token --user alice
              ./broadcaster devices register-test my-android --platform android --locale en --token-file {work}/android.token --user alice
              ./broadcaster campaign proof kick-off --test-device my-iphone --user alice
              ./broadcaster campaign proof kick-off --test-device my-android --user alice
              ./broadcaster campaign approve kick-off --user bob
              ./broadcaster campaign arm kick-off --not-before {notBefore} --not-after {notAfter} --user alice
              ./broadcaster campaign go kick-off --user alice
              ./broadcaster campaign status kick-off --user alice
              ./broadcaster campaign export kick-off --out export.csv --user alice""";

    private static final Duration WINDOW = Duration.ofHours(12);

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
                LocalStack stack = LocalStack.inProcess(work, LocalCloudConfig.fixedPorts(), plan())) {
            DemoAudience audience = DemoAudience.of(size);
            audience.importInto(stack);
            audience.writeUserIds(work.path().resolve("audience.txt"));
            for (Device device : audience.testDevices()) {
                Files.writeString(
                        work.path().resolve(device.platform().wireName() + ".token"),
                        device.token().value());
            }
            tellHowToUse(stack, work);
            stop.await();
        }
        return ExitCode.OK;
    }

    /** The workers share this process, so none can have the metrics port for itself. */
    private LocalStack.Plan plan() {
        return new LocalStack.Plan(FleetSize.PAIRS, settings.load().with(Map.of("telemetry.port", "0")), Duration.ZERO);
    }

    private void tellHowToUse(LocalStack stack, WorkFolder work) {
        Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
        PrintWriter out = spec.commandLine().getOut();
        out.println(GUIDE.replace("{api}", stack.fleet().api().toString())
                .replace("{work}", work.path().toString())
                .replace("{notBefore}", now.toString())
                .replace("{notAfter}", now.plus(WINDOW).toString()));
        out.flush();
    }
}
