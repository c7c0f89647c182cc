package io.broadcaster.api;

import io.broadcaster.api.console.Apps;
import io.broadcaster.api.http.ApiServer;
import io.broadcaster.api.http.RateLimits;
import io.broadcaster.api.http.Room;
import io.broadcaster.api.http.ServedCertificate.PemFiles;
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
 * The settings of section {@code api}. {@code bind} is a loopback address unless the API speaks {@code tls} itself;
 * {@code port} 0 takes any free one. {@code dispatchGrace} is how long a dispatch may stay pending before
 * somebody else repeats it; {@code heartbeatAgeMax} how old a worker's heartbeat may be for the worker to count;
 * {@code fcmQuotaPerMinute} how many messages FCM takes from the project; {@code loadTests} the folder with reports of load tests.
 */
public record ApiConfig(
        String bind,
        int port,
        Optional<PemFiles> tls,
        int sendersReadyMin,
        long fcmQuotaPerMinute,
        int rehearsalPresses,
        Duration dispatchGrace,
        Duration heartbeatAgeMax,
        long audienceMaxBytes,
        Optional<Secret> exportKey,
        ApiServer.Bounds bounds,
        Room.Bounds streams,
        RateLimits.Bounds limits,
        Apps apps,
        Optional<Path> loadTests,
        IdentityConfig identity) {
    /** What a Firebase project has unless Google grants more (Firebase: throttling and quotas). */
    private static final long FCM_QUOTA_PER_MINUTE = 600_000;

    /** 4 GiB: 100 million user ids of 40 bytes. */
    private static final long AUDIENCE_MAX_BYTES = 4L << 30;

    /** Reads and checks the section. */
    public static ApiConfig from(Settings settings) {
        Section section = settings.section(SectionName.API);
        String bind = section.text("bind", "127.0.0.1");
        Optional<PemFiles> tls = tls(section);
        var config = new ApiConfig(
                bind,
                section.integer("port", 8080, 0, 65_535),
                tls,
                section.integer("senders-ready-min", 1, 1, 100_000),
                section.whole("fcm-quota-per-minute", FCM_QUOTA_PER_MINUTE, 1, 1_000_000_000),
                section.integer("rehearsal-presses", 20, 0, 1_000),
                section.duration("dispatch-grace", Duration.ofSeconds(2), Duration.ofMillis(50), Duration.ofMinutes(5)),
                section.duration(
                        "heartbeat-age-max", Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMinutes(5)),
                section.whole("audience-max-bytes", AUDIENCE_MAX_BYTES, 1, 64L << 30),
                section.optionalSecret("export-key"),
                new ApiServer.Bounds(
                        section.integer("connections-max", 1_024, 1, 1_000_000),
                        new Room.Bounds(
                                section.integer("requests-max", 256, 1, 100_000),
                                section.integer("requests-per-caller-max", 64, 1, 100_000)),
                        section.duration(
                                "request-timeout",
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(5))),
                new Room.Bounds(
                        section.integer("streams-max", 128, 1, 100_000),
                        section.integer("streams-per-caller-max", 32, 1, 100_000)),
                new RateLimits.Bounds(
                        section.integer("failures-per-minute", 120, 1, 1_000_000),
                        section.integer("costly-acts-per-minute", 60, 1, 1_000_000),
                        section.integer("limited-callers-max", 10_000, 100, 1_000_000)),
                Apps.from(section),
                section.optionalText("load-tests").map(Path::of),
                IdentityConfig.from(
                        section,
                        AppName.from(settings.section(SectionName.CLOUD)),
                        new IdentityConfig.Listening(bind, tls.isPresent())));
        if (!config.isLocal() && tls.isEmpty()) {
            section.problem(
                    "bind",
                    "must be a loopback address (127.0.0.1, ::1 or localhost), because tokens and cookies must not travel"
                            + " in the clear: set api.tls-certificate-file and api.tls-key-file, or let a proxy on this"
                            + " host speak TLS",
                    config.bind());
        }
        section.done();
        return config;
    }

    private static Optional<PemFiles> tls(Section section) {
        Optional<Path> certificate =
                section.optionalText("tls-certificate-file").map(Path::of);
        Optional<Path> key = section.optionalText("tls-key-file").map(Path::of);
        Duration interval =
                section.duration("tls-interval", Duration.ofMinutes(1), Duration.ofMillis(50), Duration.ofHours(24));
        if (certificate.isPresent() != key.isPresent()) {
            section.problem(
                    certificate.isPresent() ? "tls-key-file" : "tls-certificate-file",
                    "must be set where api.tls-" + (certificate.isPresent() ? "certificate" : "key") + "-file is",
                    "");
        }
        return certificate.flatMap(chain -> key.map(own -> new PemFiles(chain, own, interval)));
    }

    /** Whether it serves this machine only. */
    public boolean isLocal() {
        return IdentityConfig.isLoopback(bind);
    }
}
