package io.broadcaster.api.identity;

import io.broadcaster.config.AppName;
import io.broadcaster.config.Secret;
import io.broadcaster.config.Section;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whose word about people is taken, for which app, and how long a browser's session lasts. {@code publicUri} is where
 * browsers reach the API; absent, that is whatever loopback name they used.
 */
public record IdentityConfig(
        AppName app,
        URI issuer,
        String audience,
        Client client,
        String userClaim,
        String rolesClaim,
        Duration clockSkewMax,
        Optional<URI> publicUri,
        SessionRules sessions) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "[::1]", "localhost");
    private static final int SESSION_KEY_LENGTH_MIN = 32;

    /** What the API is to the issuer when people sign in. */
    public record Client(String id, Optional<Secret> secret) {}

    /** {@code keys}: the first seals, all of them open; empty: a random one for this process. */
    public record SessionRules(List<Secret> keys, Duration idleMax, Duration lengthMax) {}

    /** Reads the keys of section {@code api} that are about people; {@code bind} is where the API of {@code app} listens. */
    public static IdentityConfig from(Section section, AppName app, String bind) {
        Optional<URI> issuer = section.optionalUri("issuer");
        Optional<URI> publicUri = section.optionalUri("public-uri");
        var client =
                new Client(section.text("client-id", "broadcaster-console"), section.optionalSecret("client-secret"));
        var keys = Stream.of("session-key", "session-key-old")
                .flatMap(key -> sessionKey(section, key).stream())
                .toList();
        var sessions = new SessionRules(
                keys,
                section.duration(
                        "session-idle-max", Duration.ofMinutes(30), Duration.ofMinutes(1), Duration.ofHours(12)),
                section.duration(
                        "session-length-max", Duration.ofHours(12), Duration.ofMinutes(1), Duration.ofHours(24)));
        checkIssuer(section, issuer, bind);
        publicUri.ifPresent(uri -> checkPublicUri(section, uri, bind));
        return new IdentityConfig(
                app,
                issuer.orElse(URI.create("https://issuer.invalid")),
                section.text("audience", "broadcaster-api"),
                client,
                section.text("user-claim", "sub"),
                section.text("roles-claim", "roles"),
                section.duration("clock-skew-max", Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(5)),
                publicUri,
                sessions);
    }

    /** Whether this is a loopback host. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.contains(host);
    }

    /** An address that may be asked about people: https, or a page of this very machine when the API serves that only. */
    static boolean isTrusted(URI uri, boolean local) {
        return uri.getHost() != null
                && ("https".equals(uri.getScheme())
                        || (local && "http".equals(uri.getScheme()) && isLoopback(uri.getHost())));
    }

    private static void checkIssuer(Section section, Optional<URI> issuer, String bind) {
        String rule =
                "must be the https address of an OpenID Connect issuer; http only for a loopback issuer of an API that"
                        + " binds to loopback itself";
        if (issuer.isEmpty()) {
            section.problem("issuer", rule, "");
        } else if (!isTrusted(issuer.get(), isLoopback(bind))) {
            section.problem(
                    "issuer",
                    rule + " (api.bind is '" + bind + "')",
                    issuer.get().toString());
        }
    }

    private static void checkPublicUri(Section section, URI uri, String bind) {
        boolean bare = uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawUserInfo() == null
                && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
        if (!bare || !isTrusted(uri, isLoopback(bind))) {
            section.problem(
                    "public-uri",
                    "must be an https address without a path, such as https://push.example",
                    uri.toString());
        }
    }

    private static Optional<Secret> sessionKey(Section section, String key) {
        Optional<Secret> secret = section.optionalSecret(key);
        if (secret.isPresent() && secret.get().bytes().length < SESSION_KEY_LENGTH_MIN) {
            section.problem(
                    key,
                    "must have at least " + SESSION_KEY_LENGTH_MIN + " characters, chosen at random",
                    "one of " + new String(secret.get().bytes(), StandardCharsets.UTF_8).length());
        }
        return secret;
    }
}
