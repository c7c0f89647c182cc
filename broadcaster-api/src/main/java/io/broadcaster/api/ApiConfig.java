package io.broadcaster.api;

import io.broadcaster.api.identity.IdentityConfig;
import io.broadcaster.config.Secret;
import io.broadcaster.config.Section;
import io.broadcaster.config.SectionName;
import io.broadcaster.config.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of section {@code api}. {@code bind} is a loopback address, because the API does not speak TLS;
 * {@code port} 0 takes any free one. {@code dispatchGrace} is how long a dispatch may stay pending before
 * somebody else repeats it; {@code heartbeatAgeMax} how old a worker's heartbeat may be for the worker to count.
 */
public record ApiConfig(
        String bind,
        int port,
        int sendersReadyMin,
        int rehearsalPresses,
        Duration dispatchGrace,
        Duration heartbeatAgeMax,
        long audienceMaxBytes,
        Optional<Secret> exportKey,
        int connectionsMax,
        int requestsMax,
        int streamsMax,
        Duration requestTimeout,
        IdentityConfig identity) {
    /** 4 GiB: 100 million user ids of 40 bytes. */
    private static final long AUDIENCE_MAX_BYTES = 4L << 30;

    /** Reads and checks the section. */
    public static ApiConfig from(Settings settings) {
        Section section = settings.section(SectionName.API);
        String bind = section.text("bind", "127.0.0.1");
        var config = new ApiConfig(
                bind,
                section.integer("port", 8080, 0, 65_535),
                section.integer("senders-ready-min", 1, 1, 100_000),
                section.integer("rehearsal-presses", 20, 0, 1_000),
                section.duration("dispatch-grace", Duration.ofSeconds(2), Duration.ofMillis(50), Duration.ofMinutes(5)),
                section.duration(
                        "heartbeat-age-max", Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMinutes(5)),
                section.whole("audience-max-bytes", AUDIENCE_MAX_BYTES, 1, 64L << 30),
                section.optionalSecret("export-key"),
                section.integer("connections-max", 1_024, 1, 1_000_000),
                section.integer("requests-max", 256, 1, 100_000),
                section.integer("streams-max", 128, 1, 100_000),
                section.duration(
                        "request-timeout", Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofMinutes(5)),
                IdentityConfig.from(section, bind));
        if (!config.isLocal()) {
            section.problem(
                    "bind",
                    "must be a loopback address (127.0.0.1, ::1 or localhost), because tokens and cookies must not travel"
                            + " in the clear: let a proxy on this host speak TLS",
                    config.bind());
        }
        section.done();
        return config;
    }

    /** Whether it serves this machine only. */
    public boolean isLocal() {
        return IdentityConfig.isLoopback(bind);
    }
}
