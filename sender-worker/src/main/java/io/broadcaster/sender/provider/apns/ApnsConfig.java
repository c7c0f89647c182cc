package io.broadcaster.sender.provider.apns;

import io.broadcaster.config.SecretPlace;
import io.broadcaster.config.Section;
import io.broadcaster.config.SectionName;
import io.broadcaster.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The section {@code apns}: where APNs is and who we are there. The ids may be empty where the signing key brings its own. */
public record ApnsConfig(
        URI endpoint,
        String topic,
        String teamId,
        String keyId,
        SecretPlace signingKey,
        Optional<Path> trustFile,
        int connections,
        int outstandingMax,
        Duration connectTimeout,
        Duration requestTimeout) {

    /** Streams that APNs grants per connection. */
    static final int STREAMS_MAX = 1_000;

    /** Reads and checks the section. */
    public static ApnsConfig from(Settings settings) {
        Section section = settings.section(SectionName.APNS);
        int connections = section.integer("connections", 16, 1, 1_000);
        var config = new ApnsConfig(
                section.optionalUri("endpoint").orElse(URI.create("https://api.push.apple.com:443")),
                required(section, "topic"),
                section.text("team-id", ""),
                section.text("key-id", ""),
                section.secretPlace("signing-key"),
                section.optionalText("trust-file").map(Path::of),
                connections,
                section.integer("outstanding-max", connections * STREAMS_MAX, 1, 1_000_000),
                section.duration(
                        "connect-timeout", Duration.ofSeconds(5), Duration.ofMillis(10), Duration.ofMinutes(1)),
                section.duration(
                        "request-timeout", Duration.ofSeconds(10), Duration.ofMillis(10), Duration.ofMinutes(5)));
        section.done();
        return config;
    }

    /** The same for another endpoint and so many connections, each with as many requests at once. */
    ApnsConfig at(URI other, int fewer) {
        return new ApnsConfig(
                other,
                topic,
                teamId,
                keyId,
                signingKey,
                trustFile,
                fewer,
                Math.max(1, (int) ((long) outstandingMax * fewer / connections)),
                connectTimeout,
                requestTimeout);
    }

    private static String required(Section section, String key) {
        Optional<String> value = section.optionalText(key);
        if (value.isEmpty()) {
            section.problem(key, "must be set", "");
        }
        return value.orElse("");
    }

    int port() {
        return endpoint.getPort() < 0 ? 443 : endpoint.getPort();
    }
}
