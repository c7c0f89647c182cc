package io.broadcaster.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Speaks to one API process as {@code ada}. */
public final class Client implements AutoCloseable {
    public static final String AUTHOR = "ada";
    private static final ObjectMapper JSON = new ObjectMapper();

    public final HttpClient http;
    private final URI uri;

    public Client(URI uri) {
        this(uri, HttpClient.newHttpClient());
    }

    /** {@code http} is closed with it. */
    public Client(URI uri, HttpClient http) {
        this.uri = uri;
        this.http = http;
    }

    /** A request of ada's to a path. */
    public HttpRequest.Builder to(String path) {
        return as(AUTHOR, path);
    }

    /** A request of a user's to a path. */
    public HttpRequest.Builder as(String user, String path) {
        return HttpRequest.newBuilder(uri.resolve(path)).header("Authorization", "Bearer " + TestIssuer.token(user));
    }

    public Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Reply get(String path) {
        return send(to(path).GET());
    }

    public Reply post(String path) {
        return send(to(path).POST(BodyPublishers.noBody()));
    }

    public Reply post(String path, String json) {
        return send(to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public Reply put(String path, String json) {
        return send(to(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    public Reply postAs(String user, String path) {
        return send(as(user, path).POST(BodyPublishers.noBody()));
    }

    public Reply postAs(String user, String path, String json) {
        return send(as(user, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    @Override
    public void close() {
        http.close();
    }

    /** An answer as text. */
    public record Reply(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body());
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
