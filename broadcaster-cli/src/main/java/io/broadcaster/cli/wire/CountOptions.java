package io.broadcaster.cli.wire;

import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.terminal.Span;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What a wire test and each of its clients are told alike: to whom to send, and for how long. */
final class CountOptions {
    @Option(names = "--platform", required = true, description = "ios or android.")
    private Platform platform = Platform.IOS;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = Span.Converter.class,
            description = "How long a Java client sends before it counts (default: ${DEFAULT-VALUE}).")
    private Span warmUp = new Span(Duration.ZERO);

    @Option(
            names = "--time",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = Span.Converter.class,
            description = "How long a client counts, each time (default: ${DEFAULT-VALUE}).")
    private Span time = new Span(Duration.ZERO);

    Platform platform() {
        return platform;
    }

    Duration warmUp() {
        return warmUp.duration();
    }

    Duration time() {
        return time.duration();
    }
}
