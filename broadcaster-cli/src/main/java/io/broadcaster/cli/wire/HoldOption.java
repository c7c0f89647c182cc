package io.broadcaster.cli.wire;

import io.broadcaster.cli.terminal.Span;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How far away the peer of a wire test seems. */
final class HoldOption {
    @Option(
            names = "--rtt",
            paramLabel = "TIME",
            defaultValue = "0ms",
            converter = Span.Converter.class,
            description = "How long the peer holds every answer back (default: ${DEFAULT-VALUE}).")
    private Span rtt = new Span(Duration.ZERO);

    Duration duration() {
        return rtt.duration();
    }
}
