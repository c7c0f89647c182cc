package io.broadcaster.api;

import io.broadcaster.api.console.Apps;
import io.broadcaster.api.http.ApiServer;
import io.broadcaster.api.http.RateLimits;
import io.broadcaster.api.http.TlsFiles;
import io.broadcaster.api.identity.IdentityConfig;
import io.broadcaster.config.AppName;
import io.broadcaster.config.Secret;
import io.broadcaster.config.Section;
import io.broadcaster.config.SectionName;
import io.broadcaster.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of section {@code api}. {@code bind} is a loopback address, or any where the API speaks TLS itself; {@code port}
 * 0 takes any free one. {@code dispatchGrace} is how long a dispatch may stay pending before somebody else repeats it;
 * {@code heartbeatAgeMax} how old a worker's heartbeat may be for the worker to count; {@code loadTests} the folder
 * with reports of load tests.
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
        Optional<TlsFiles> tls,
        ApiServer.Bounds bounds,
        int streamsMax,
        RateLimits.Bounds limits,
        Apps apps,
        Optional<Path> loadTests,
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
                tls(section),
                new ApiServer.Bounds(
                        section.integer("connections-max", 1_024, 1, 1_000_000),
                        section.integer("requests-max", 256, 1, 100_000),
                        section.duration(
                                "request-timeout",
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(5))),
                section.integer("streams-max", 128, 1, 100_000),
                new RateLimits.Bounds(
                        section.integer("failures-per-minute", 120, 1, 1_000_000),
                        section.integer("costly-acts-per-minute", 60, 1, 1_000_000),
                        section.integer("limited-callers-max", 10_000, 100, 1_000_000)),
                Apps.from(section),
                section.optionalText("load-tests").map(Path::of),
                IdentityConfig.from(section, AppName.from(settings.section(SectionName.CLOUD)), bind));
        boolean reachable =
                config.tls().isPresent() && config.identity().publicUri().isPresent();
        if (!config.isLocal() && !reachable) {
            section.problem(
                    "bind",
                    "must be a loopback address (127.0.0.1, ::1 or localhost), because tokens and cookies must not travel"
                            + " in the clear; any other with api.tls-certificate-file, api.tls-key-file and api.public-uri",
                    config.bind());
        }
        section.done();
        return config;
    }

    private static Optional<TlsFiles> tls(Section section) {
        Optional<String> certificate = section.optionalText("tls-certificate-file");
        Optional<String> key = section.optionalText("tls-key-file");
        if (certificate.isPresent() != key.isPresent()) {
            String absent = certificate.isPresent() ? "tls-key-file" : "tls-certificate-file";
            section.problem(absent, "must be set: certificate and key go together", "");
        }
        return certificate.flatMap(chain -> key.map(file -> new TlsFiles(Path.of(chain), Path.of(file))));
    }

    /** Whether it serves this machine only. */
    public boolean isLocal() {
        return IdentityConfig.isLoopback(bind);
    }
}
