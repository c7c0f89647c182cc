package io.broadcaster.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Speaks to the API as one user, by access token. Safe for any thread. A refusal surfaces as {@link ApiRefusal}, a connection that
 * fails as {@link UncheckedIOException} that names the API's address.
 */
public final class ApiClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int GET_ATTEMPTS_MAX = 5;
    private static final Duration TRANSFER_TIMEOUT = Duration.ofHours(1);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final URI api;
    private final Bearer bearer;

    /** As a user of a local stack. */
    public ApiClient(URI api, String user) {
        this.api = api;
        this.bearer = new LocalBearer(http, api, user);
    }

    private ApiClient(URI api, Bearer bearer) {
        this.api = api;
        this.bearer = bearer;
    }

    /** As whomever the access token is about. */
    public static ApiClient bearing(URI api, Secret token) {
        return new ApiClient(api, token::reveal);
    }

    /** The same API as another user of the local stack. */
    public ApiClient as(String otherUser) {
        return new ApiClient(api, otherUser);
    }

    /** Makes sure of a token now, so that the next request goes out at once. */
    public ApiClient signedIn() {
        bearer.token();
        return this;
    }

    /** GET, as JSON; asked again where the API says that it could not answer in time. */
    public JsonNode get(String path) {
        for (int attempt = 1; ; attempt++) {
            try {
                return parse(send(request(path).GET()));
            } catch (ApiRefusal e) {
                if (e.status() != SERVICE_UNAVAILABLE || attempt == GET_ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    /** POST of a JSON body. */
    public JsonNode post(String path, Object body) {
        return parse(
                send(request(path).header("Content-Type", "application/json").POST(jsonOf(body))));
    }

    /** POST without a body. */
    public JsonNode post(String path) {
        return parse(postForText(path));
    }

    /** POST without a body; the answer exactly as it came, to compare answers to the letter. */
    public String postForText(String path) {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    /** PUT of a JSON body. */
    public JsonNode put(String path, Object body) {
        return parse(
                send(request(path).header("Content-Type", "application/json").PUT(jsonOf(body))));
    }

    /** PUT of a file, streamed. */
    public JsonNode putFile(String path, Path file, Map<String, String> headers) {
        try {
            var request = request(path).timeout(TRANSFER_TIMEOUT).PUT(BodyPublishers.ofFile(file));
            headers.forEach(request::header);
            return parse(send(request));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** GET as a stream of bytes; close it. */
    public InputStream open(String path) {
        // the JDK's client misreads a long answer to the very request that asks for the upgrade to HTTP/2
        var request = request(path)
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(TRANSFER_TIMEOUT)
                .GET()
                .build();
        HttpResponse<InputStream> answer = exchange(request, BodyHandlers.ofInputStream());
        if (answer.statusCode() >= 300) {
            try (InputStream body = answer.body()) {
                throw refusal(answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw unreachable(e);
            }
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path))
                .timeout(ANSWER_TIMEOUT)
                .header("Authorization", "Bearer " + bearer.token());
    }

    private BodyPublisher jsonOf(Object body) {
        try {
            return BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body must be writable as JSON", e);
        }
    }

    private String send(HttpRequest.Builder request) {
        HttpResponse<String> answer = exchange(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw refusal(answer.statusCode(), answer.body());
        }
        return answer.body();
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the API at " + api, e);
        }
    }

    private JsonNode parse(String text) {
        try {
            return text.isEmpty() ? json.createObjectNode() : json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the API at " + api + " answered something that is not JSON", e);
        }
    }

    private ApiRefusal refusal(int status, String body) {
        try {
            JsonNode problem = json.readTree(body);
            String detail = problem.path("detail").asText(problem.path("title").asText("no detail given"));
            return new ApiRefusal(status, detail);
        } catch (JsonProcessingException e) {
            return new ApiRefusal(status, "the API answered " + status);
        }
    }

    private UncheckedIOException unreachable(IOException cause) {
        return new UncheckedIOException("the API at " + api + " cannot be reached: " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        http.close();
    }
}
