package io.broadcaster.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One server plays the API and, unless told otherwise, its issuer. */
@Timeout(60)
final class LocalBearerTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;
    private URI uri;
    private volatile String issuer = "";
    private volatile int lifeSeconds = 600;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        issuer = uri.toString();
    }

    @AfterEach
    void stop() {
        http.close();
        server.stop(0);
    }

    @Test
    void token_askedTwice_isFetchedOnceForTheUser() {
        var bearer = new LocalBearer(http, uri, "ali ce");

        assertThat(bearer.token()).isEqualTo("token-1");
        assertThat(bearer.token()).isEqualTo("token-1");

        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst()).startsWith("/.well-known/oauth-protected-resource");
        assertThat(asked.getLast()).startsWith("/token grant_type=").endsWith("&user=ali+ce");
    }

    @Test
    void token_pastHalfOfItsLife_isFetchedAgain() {
        lifeSeconds = 0;
        var bearer = new LocalBearer(http, uri, "alice");

        assertThat(bearer.token()).isEqualTo("token-1");
        assertThat(bearer.token()).isEqualTo("token-2");
    }

    @Test
    void token_ofAnApiElsewhere_isRefusedBeforeAnythingIsAsked() {
        for (String api : List.of("https://push.example", "http://10.0.0.7:8080", "http://127.0.0.1.evil.example")) {
            assertThatThrownBy(() -> new LocalBearer(http, URI.create(api), "alice").token())
                    .isInstanceOf(ApiRefusal.class)
                    .hasMessageContaining(api)
                    .hasMessageContaining("BROADCAST_TOKEN");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void token_ofAnIssuerElsewhere_isNotAskedFor() {
        issuer = "https://issuer.example";

        assertThatThrownBy(() -> new LocalBearer(http, uri, "alice").token())
                .isInstanceOf(ApiRefusal.class)
                .hasMessageContaining("takes tokens of https://issuer.example")
                .hasMessageContaining("BROADCAST_TOKEN");
        assertThat(asked).hasSize(1);
    }

    @Test
    void token_ofAnUnknownUser_isRefusedWithTheIssuersReason() {
        assertThatThrownBy(() -> new LocalBearer(http, uri, "nobody").token())
                .isInstanceOf(ApiRefusal.class)
                .hasMessage("no token for nobody: there is no such user");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        asked.add(path + " " + form);
        boolean known = !form.endsWith("&user=nobody");
        long tokens =
                asked.stream().filter(request -> request.startsWith("/token")).count();
        String body;
        if (!path.equals("/token")) {
            body = "{\"authorization_servers\":[\"" + issuer + "\"]}";
        } else if (known) {
            body = "{\"access_token\":\"token-" + tokens + "\",\"expires_in\":" + lifeSeconds + "}";
        } else {
            body = "{\"error\":\"invalid_grant\",\"error_description\":\"there is no such user\"}";
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(known ? 200 : 400, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
