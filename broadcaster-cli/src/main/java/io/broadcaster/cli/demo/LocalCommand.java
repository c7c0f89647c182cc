package io.broadcaster.cli.demo;

import io.broadcaster.cli.process.StopSignal;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.cli.terminal.SettingsOptions;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
            Broadcaster runs for app {app}. API: {api}   (Ctrl-C stops everything)
            In a browser: {api}/ (sign in as alice, then as bob to approve; no password; audience and tokens of test devices lie in {work})
            Or in another terminal:
              export BROADCAST_API={api}
              ./broadcaster campaign create docs/campaign.example.json --user alice
              ./broadcaster campaign load kick-off --audience {work}/audience.txt --user alice
              ./broadcaster devices register-test my-iphone --platform ios --locale en --token-file {work}/ios.token --user alice
              ./broadcaster devices register-test my-android --platform android --locale en --token-file {work}/android.token --user alice
              ./broadcaster campaign proof kick-off --test-device my-iphone --user alice
              ./broadcaster campaign proof kick-off --test-device my-android --user alice
              ./broadcaster campaign approve kick-off --revision 2 --seen ios/en --seen android/en --seen ios/de --seen android/de --user bob
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

    @Option(
            names = "--app",
            paramLabel = "NAME",
            description = "An app with its own queues, keys, workers and API, on the port after that of the app before;"
                    + " may be given several times (default: one app, named by cloud.prefix).")
    private List<String> apps = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var size = new DemoSize(ios, android);
        var stop = new StopSignal();
        try (LocalCloud cloud = LocalCloud.start(LocalCloudConfig.fixedPorts());
                LocalApps running = LocalApps.start(cloud, settings.load(), apps, size)) {
            running.apps().forEach(this::tellHowToUse);
            stop.await();
        }
        return ExitCode.OK;
    }

    private void tellHowToUse(LocalApps.App app) {
        Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
        PrintWriter out = spec.commandLine().getOut();
        out.println(GUIDE.replace("{app}", app.name())
                .replace("{api}", app.stack().fleet().api().toString())
                .replace("{work}", app.work().path().toString())
                .replace("{notBefore}", now.toString())
                .replace("{notAfter}", now.plus(WINDOW).toString()));
        out.flush();
    }
}
