package io.broadcaster.sender.provider.fcm;

import io.broadcaster.config.SecretPlace;
import io.broadcaster.config.Section;
import io.broadcaster.config.SectionName;
import io.broadcaster.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The section {@code fcm}: where FCM is and who we are there. A connection carries {@code streamsPerConnection} requests at
 * once (FCM allows 100); time-outs below 10 s are not for production (FCM's page asks for 10 s or more).
 */
public record FcmConfig(
        URI endpoint,
        String project,
        SecretPlace serviceAccount,
        Optional<Path> trustFile,
        int connections,
        int streamsPerConnection,
        Duration connectTimeout,
        Duration requestTimeout) {

    /** Reads and checks the section. */
    public static FcmConfig from(Settings settings) {
        Section section = settings.section(SectionName.FCM);
        var config = new FcmConfig(
                section.optionalUri("endpoint").orElse(URI.create("https://fcm.googleapis.com")),
                required(section, "project"),
                section.secretPlace("service-account"),
                section.optionalText("trust-file").map(Path::of),
                section.integer("connections", 64, 1, 2_000),
                section.integer("streams-per-connection", 100, 1, 100),
                section.duration(
                        "connect-timeout", Duration.ofSeconds(5), Duration.ofMillis(10), Duration.ofMinutes(1)),
                section.duration(
                        "request-timeout", Duration.ofSeconds(15), Duration.ofMillis(10), Duration.ofMinutes(5)));
        section.done();
        return config;
    }

    /** The library's path takes no more: 800 requests at once starved the virtual threads of a process on two cores. */
    private static final int LIBRARY_CONNECTIONS_MAX = 2;

    /** Connections of the library's path. */
    int libraryConnections() {
        return Math.min(connections, LIBRARY_CONNECTIONS_MAX);
    }

    /** The same for another endpoint and so many connections. */
    FcmConfig at(URI other, int fewer) {
        return new FcmConfig(
                other, project, serviceAccount, trustFile, fewer, streamsPerConnection, connectTimeout, requestTimeout);
    }

    private static String required(Section section, String key) {
        Optional<String> value = section.optionalText(key);
        if (value.isEmpty()) {
            section.problem(key, "must be set", "");
        }
        return value.orElse("");
    }
}
