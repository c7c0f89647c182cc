package io.broadcaster.api.identity;

import io.broadcaster.config.AppName;
import io.broadcaster.config.Secret;
import io.broadcaster.config.Section;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whose word about people is taken, for which app, and how long a browser's session lasts. {@code publicUri} is where
 * browsers reach the API, as they write it in {@code Origin}; absent, that is whatever loopback name they used, by
 * {@code scheme}.
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
        String scheme,
        SessionRules sessions) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "[::1]", "localhost");
    private static final int SESSION_KEY_LENGTH_MIN = 32;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** What the API is to the issuer when people sign in. */
    public record Client(String id, Optional<Secret> secret) {}

    /** {@code keys}: the first seals, all of them open; empty: a random one for this process. */
    public record SessionRules(List<Secret> keys, Duration idleMax, Duration lengthMax) {}

    /** Where the API listens, and whether with TLS. */
    public record Listening(String bind, boolean tls) {}

    /** Reads the keys of section {@code api} that are about people. */
    public static IdentityConfig from(Section section, AppName app, Listening listening) {
        String bind = listening.bind();
        boolean tls = listening.tls();
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
        checkPublicUri(section, publicUri, bind, tls);
        return new IdentityConfig(
                app,
                issuer.orElse(URI.create("https://issuer.invalid")),
                section.text("audience", "broadcaster-api"),
                client,
                section.text("user-claim", "sub"),
                section.text("roles-claim", "roles"),
                section.duration("clock-skew-max", Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(5)),
                publicUri.filter(uri -> uri.getHost() != null).map(IdentityConfig::origin),
                tls ? "https" : "http",
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

    private static void checkPublicUri(Section section, Optional<URI> uri, String bind, boolean tls) {
        String rule = "must be an https address without a path, such as https://push.example";
        if (uri.isEmpty() && !isLoopback(bind)) {
            section.problem("public-uri", rule + ", where api.bind is not loopback (it is '" + bind + "')", "");
        } else if (uri.isPresent() && !(isBare(uri.get()) && isTrusted(uri.get(), isLoopback(bind) && !tls))) {
            section.problem("public-uri", rule, uri.get().toString());
        }
    }

    private static boolean isBare(URI uri) {
        return uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawUserInfo() == null
                && ("".equals(uri.getRawPath()) || "/".equals(uri.getRawPath()));
    }

    /** In lower case, and without the port that goes without saying. */
    private static URI origin(URI uri) {
        boolean usual = uri.getPort() == ("https".equals(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT);
        String port = uri.getPort() < 0 || usual ? "" : ":" + uri.getPort();
        return URI.create(uri.getScheme() + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port);
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
