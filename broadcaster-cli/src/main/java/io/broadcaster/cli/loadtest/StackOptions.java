package io.broadcaster.cli.loadtest;

import io.broadcaster.campaign.PushKind;
import io.broadcaster.cli.local.FleetSize;
import io.broadcaster.cli.local.LocalStack;
import io.broadcaster.cli.terminal.Quantity;
import io.broadcaster.cli.terminal.SettingsOptions;
import io.broadcaster.cli.terminal.Span;
import io.broadcaster.config.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the load tests over a whole stack have in common. */
final class StackOptions {
    /** Snapshots are looked for more often than in earnest: runs are many and nobody waits for an hour. */
    private static final Map<String, String> IMPATIENT = Map.of("sender.watch-interval", "100ms");

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "burst or library (default: what sender.transport is by default).")
    private Optional<String> transport = Optional.empty();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "alert",
            description = "alert or silent (default: ${DEFAULT-VALUE}).")
    private PushKind kind = PushKind.ALERT;

    @Option(
            names = "--fanouts",
            paramLabel = "N",
            defaultValue = "1",
            description = "Fan-out workers (default: ${DEFAULT-VALUE}).")
    private int fanouts;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            converter = Quantity.Converter.class,
            description =
                    "Devices of the launch that warms each stack, at most those of the run; 0: none (default: all).")
    private Optional<Quantity> warmUp = Optional.empty();

    @Option(
            names = "--android-rtt",
            paramLabel = "TIME",
            converter = Span.Converter.class,
            description =
                    "How long FCM alone holds its answers back, to see that iOS does not notice (default: as --rtt).")
    private Optional<Span> androidRtt = Optional.empty();

    @Option(names = "--processes", description = "Run the cloud and every worker as a process of its own.")
    private boolean processes;

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    /** What differs between the rows of a table: how long answers are held back, and how many senders there are. */
    record Shape(Duration rtt, int senders) {}

    BlastPlan plan(Shape shape, BlastPlan.Devices devices, int runs) {
        return new BlastPlan(
                devices,
                shape.rtt(),
                androidRtt.map(Span::duration),
                kind,
                new FleetSize(fanouts, shape.senders()),
                processes,
                runs,
                warmUp.map(Quantity::value)
                        .map(most -> Math.min(most, devices.total()))
                        .orElse(devices.total()),
                Bandwidth.sized(merged(), shape.rtt(), shape.senders()));
    }

    /** What the load test sets itself, beneath what the person at the terminal says. */
    private Settings merged() {
        var merged = new TreeMap<>(LocalStack.FREE_PORTS);
        merged.putAll(IMPATIENT);
        merged.putAll(settings.load().values());
        transport.ifPresent(name -> merged.put("sender.transport", name));
        return Settings.of(merged);
    }
}
