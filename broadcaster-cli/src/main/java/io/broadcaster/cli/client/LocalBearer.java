package io.broadcaster.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.localcloud.issuer.LocalIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens of a user of a local stack: the API says who its issuer is, and the local issuer believes everybody. Refuses an API
 * or an issuer that is not on this machine. Keeps a token for half of its life. Safe for any thread; blocks for two requests.
 */
final class LocalBearer implements Bearer {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http;
    private final URI api;
    private final String user;
    private Optional<Kept> kept = Optional.empty();

    LocalBearer(HttpClient http, URI api, String user) {
        this.http = http;
        this.api = api;
        this.user = user;
    }

    private record Kept(String token, long untilNanos) {}

    @Override
    public synchronized String token() {
        if (kept.isEmpty() || System.nanoTime() - kept.get().untilNanos() >= 0) {
            kept = Optional.of(fetch());
        }
        return kept.get().token();
    }

    private Kept fetch() {
        URI issuer = issuer();
        String form = "grant_type=" + encode(LocalIssuer.LOCAL_GRANT) + "&user=" + encode(user);
        JsonNode answer = send(HttpRequest.newBuilder(issuer.resolve("/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        Duration half = Duration.ofSeconds(answer.path("expires_in").asLong()).dividedBy(2);
        return new Kept(answer.path("access_token").asText(), System.nanoTime() + half.toNanos());
    }

    private URI issuer() {
        if (isElsewhere(api)) {
            throw new ApiRefusal(
                    401,
                    "the API at " + api + " needs an access token: put it into BROADCAST_TOKEN or a file"
                            + " (--access-token-file); --user is for local stacks");
        }
        JsonNode resource = send(HttpRequest.newBuilder(api.resolve("/.well-known/oauth-protected-resource"))
                .GET());
        URI issuer = URI.create(resource.path("authorization_servers").path(0).asText());
        if (isElsewhere(issuer)) {
            throw new ApiRefusal(
                    401,
                    "the API at " + api + " takes tokens of " + issuer
                            + ": put one into BROADCAST_TOKEN or a file (--access-token-file)");
        }
        return issuer;
    }

    private static boolean isElsewhere(URI uri) {
        return uri.getHost() == null || !LOOPBACK.contains(uri.getHost());
    }

    private JsonNode send(HttpRequest.Builder request) {
        HttpRequest asked = request.timeout(ANSWER_MAX).build();
        try {
            HttpResponse<String> answer = http.send(asked, BodyHandlers.ofString());
            JsonNode body = json.readTree(answer.body());
            if (answer.statusCode() != 200) {
                String why = body.path("error_description")
                        .asText(body.path("detail").asText("no reason given"));
                throw new ApiRefusal(answer.statusCode(), "no token for " + user + ": " + why);
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("no JSON came from " + asked.uri(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the API at " + api + " cannot be reached: " + asked.uri() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + asked.uri(), e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
