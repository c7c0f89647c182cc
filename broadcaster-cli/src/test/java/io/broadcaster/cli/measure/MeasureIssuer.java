package io.broadcaster.cli.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.cli.local.LocalStack;
import io.broadcaster.localcloud.issuer.LocalIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** The issuer of a measurement, and the token of a marketer: taken once, before any clock runs. */
final class MeasureIssuer {
    private static final LocalIssuer ISSUER = LocalStack.issuer(0);
    static final String MARY = "Bearer " + token();

    private MeasureIssuer() {}

    static Map<String, String> settings() {
        return ISSUER.settings();
    }

    private static String token() {
        var request = HttpRequest.newBuilder(ISSUER.uri().resolve("/token"))
                .POST(BodyPublishers.ofString("grant_type=" + LocalIssuer.LOCAL_GRANT + "&user=mary"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String body = http.send(request, BodyHandlers.ofString()).body();
            return new ObjectMapper().readTree(body).path("access_token").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
