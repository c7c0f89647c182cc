package io.broadcaster.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.localcloud.issuer.LocalIssuer;
import io.broadcaster.localcloud.issuer.LocalUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** The local issuer, once for all tests of this JVM, and its tokens. */
public final class TestIssuer {
    private static final int PRESSERS = 64;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();
    private static final LocalIssuer ISSUER =
            LocalIssuer.start(0, users(), InstantSource.system(), RandomGenerator.of("SecureRandom"));

    private TestIssuer() {}

    public static LocalIssuer issuer() {
        return ISSUER;
    }

    public static Map<String, String> settings() {
        return ISSUER.settings();
    }

    /** An access token of a user. */
    public static String token(String user) {
        return TOKENS.computeIfAbsent(user, TestIssuer::fetch);
    }

    private static String fetch(String user) {
        var request = HttpRequest.newBuilder(ISSUER.uri().resolve("/token"))
                .POST(BodyPublishers.ofString("grant_type=" + LocalIssuer.LOCAL_GRANT + "&user=" + user))
                .build();
        try {
            String body = HTTP.send(request, BodyHandlers.ofString()).body();
            return new ObjectMapper().readTree(body).path("access_token").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static LocalUsers users() {
        var more = new LinkedHashMap<String, List<String>>();
        more.put("ada", List.of("marketer", "approver"));
        more.put("grace", List.of("approver"));
        more.put("paul", List.of("marketer"));
        more.put("nobody", List.of("gardener"));
        for (int i = 0; i < PRESSERS; i++) {
            more.put("presser-" + i, List.of("marketer"));
        }
        return LocalUsers.standard().with(more);
    }
}
