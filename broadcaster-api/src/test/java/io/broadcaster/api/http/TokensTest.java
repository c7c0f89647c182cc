package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.broadcaster.api.Client.Reply;
import io.broadcaster.api.RunningApi;
import io.broadcaster.campaign.StateName;
import io.broadcaster.testkit.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens that hold and those that must not, over an issuer of the test's own that can change its keys and fail. */
@Timeout(60)
final class TokensTest {
    private static final RSAKey KEY = key("first");
    private static final RSAKey NEXT = key("next");
    private static final RSAKey STRANGER = key("stranger");
    private static final RSAKey SWAPPED = key("first");

    private static final AtomicReference<JWKSet> published = new AtomicReference<>(new JWKSet(KEY.toPublicJWK()));
    private static final AtomicInteger fetches = new AtomicInteger();
    private static final AtomicBoolean down = new AtomicBoolean();
    private static final HttpServer issuer = issuer();
    private static final String ISSUER =
            "http://127.0.0.1:" + issuer.getAddress().getPort();
    private static final RunningApi api =
            RunningApi.start(Map.of("api.issuer", ISSUER, "api.roles-claim", "app.roles"));

    @AfterAll
    static void stop() {
        api.close();
        issuer.stop(0);
    }

    @Test
    void token_thatHolds_isTaken() {
        Reply reply = ask(signed(KEY, claims().build()));

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("name").asText()).isEqualTo("alice");
        assertThat(reply.json().path("roles")).hasSize(1);
    }

    @Test
    void token_withRolesOfApps_hasThoseOfThisAppAndThoseOfAll() {
        var roles = List.of("broadcaster:approver", "news:ops", "broadcaster-news:engineer", ":auditor", "marketer");
        Reply reply =
                ask(signed(KEY, claims().claim("app", Map.of("roles", roles)).build()));

        assertThat(reply.json().path("roles"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("approver", "marketer");
    }

    @Test
    void token_ofAnotherIssuerAudienceOrTime_is401() {
        Instant now = api.clock.instant();
        assertRefused(signed(KEY, claims().issuer("http://127.0.0.1:1").build()));
        assertRefused(signed(KEY, claims().issuer(null).build()));
        assertRefused(signed(KEY, claims().audience("broadcaster-console").build()));
        assertRefused(signed(KEY, claims().audience((String) null).build()));
        assertRefused(signed(
                KEY, claims().expirationTime(Date.from(now.minusSeconds(31))).build()));
        assertRefused(signed(KEY, claims().expirationTime(null).build()));
        assertRefused(signed(
                KEY, claims().notBeforeTime(Date.from(now.plusSeconds(60))).build()));
        assertRefused(signed(KEY, claims().subject(null).build()));
        assertRefused(signed(KEY, claims().subject("a\nb").build()));
    }

    @Test
    void token_changedAfterItHeld_is401() {
        String good = signed(KEY, claims().build());
        assertThat(ask(good).status()).isEqualTo(200);
        assertThat(ask(good).status()).isEqualTo(200);

        int middle = good.lastIndexOf('.') + 20;
        char other = good.charAt(middle) == 'A' ? 'B' : 'A';
        assertRefused(good.substring(0, middle) + other + good.substring(middle + 1));
    }

    @Test
    void token_expiredWithinTheSkew_stillHolds() {
        Instant expired = api.clock.instant().minusSeconds(10);
        assertThat(ask(signed(KEY, claims().expirationTime(Date.from(expired)).build()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void events_tokenExpires_endTheStream() {
        Instant end = api.clock.instant().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
        String token = signed(KEY, claims().expirationTime(Date.from(end)).build());
        api.campaigns.create(Fixtures.campaign(StateName.DRAFT));

        Reply whole = api.send(
                HttpRequest.newBuilder(api.uri().resolve("/campaigns/" + Fixtures.CAMPAIGN.value() + "/events"))
                        .header("Authorization", "Bearer " + token)
                        .GET());

        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.body()).startsWith("event: status\n").contains("\"state\":\"DRAFT\"");
        assertThat(api.clock.instant()).isAfterOrEqualTo(end);
    }

    @Test
    void token_unsignedOrUnderAnotherAlgorithmOrKey_is401() throws JOSEException {
        assertRefused(new PlainJWT(claims().build()).serialize());
        var symmetric = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims().build());
        symmetric.sign(new MACSigner(KEY.toRSAPublicKey().getEncoded()));
        assertRefused(symmetric.serialize());
        assertRefused(signed(SWAPPED, claims().build()));
        assertRefused("a.b.c");
        assertRefused("x".repeat(9_000));
        String good = signed(KEY, claims().build());
        assertRefused(good.substring(0, good.lastIndexOf('.') + 1));
    }

    @Test
    void token_underAnUnknownKey_is401AndAsksTheIssuerRarely() {
        ask(signed(KEY, claims().build()));
        int before = fetches.get();
        for (int i = 0; i < 20; i++) {
            assertRefused(signed(STRANGER, claims().build()));
        }
        assertThat(fetches.get() - before).isLessThanOrEqualTo(4);
    }

    @Test
    void keys_changedAtTheIssuer_areTakenUp_andServeThroughAnOutage() {
        try (RunningApi fresh = RunningApi.start(Map.of("api.issuer", ISSUER, "api.roles-claim", "app.roles"))) {
            assertThat(ask(fresh, signed(KEY, claims().build())).status()).isEqualTo(200);
            published.set(new JWKSet(List.of(KEY.toPublicJWK(), NEXT.toPublicJWK())));
            assertThat(ask(fresh, signed(NEXT, claims().build())).status()).isEqualTo(200);
            down.set(true);
            assertThat(ask(fresh, signed(NEXT, claims().build())).status()).isEqualTo(200);
            try (RunningApi later = RunningApi.start(Map.of("api.issuer", ISSUER, "api.roles-claim", "app.roles"))) {
                Problems.assertProblem(ask(later, signed(KEY, claims().build())), 503, "unavailable");
            }
        } finally {
            down.set(false);
        }
    }

    private static void assertRefused(String token) {
        Reply reply = ask(token);
        Problems.assertProblem(reply, 401, "invalid-token");
        assertThat(reply.header("www-authenticate")).startsWith("Bearer");
    }

    private static Reply ask(String token) {
        return ask(api, token);
    }

    private static Reply ask(RunningApi at, String token) {
        return at.send(HttpRequest.newBuilder(at.uri().resolve("/session"))
                .header("Authorization", "Bearer " + token)
                .GET());
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("broadcaster-api")
                .subject("alice")
                .expirationTime(Date.from(api.clock.instant().plusSeconds(600)))
                .claim("app", Map.of("roles", List.of("marketer", "gardener")));
    }

    private static String signed(RSAKey key, JWTClaimsSet claims) {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2_048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpServer issuer() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", TokensTest::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String base = "http://127.0.0.1:" + exchange.getLocalAddress().getPort();
        boolean keys = exchange.getRequestURI().getPath().equals("/keys");
        if (keys) {
            fetches.incrementAndGet();
        }
        String body = keys
                ? published.get().toString()
                : "{\"issuer\":\"" + base + "\",\"authorization_endpoint\":\"" + base + "/a\",\"token_endpoint\":\""
                        + base + "/t\",\"jwks_uri\":\"" + base + "/keys\"}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(down.get() ? 500 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
