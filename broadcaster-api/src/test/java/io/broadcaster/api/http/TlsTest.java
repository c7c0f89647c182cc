package io.broadcaster.api.http;

import static io.broadcaster.api.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.api.Client;
import io.broadcaster.api.Client.Reply;
import io.broadcaster.api.RunningApi;
import io.broadcaster.api.http.ServedCertificate.PemFiles;
import io.broadcaster.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API over TLS of its own: what it speaks, what it says of itself, whose certificate it takes, and a renewed one. */
final class TlsTest {
    @TempDir
    private static Path directory;

    private static PemFiles files;
    private static TestPair first;
    private static TestPair renewed;
    private static RunningApi api;
    private static Client client;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException, InterruptedException {
        files = new PemFiles(directory.resolve("chain.pem"), directory.resolve("key.pem"), Duration.ofMillis(50));
        first = TestPair.ec(directory);
        renewed = TestPair.rsa();
        first.writeTo(files);
        api = RunningApi.start(settings());
        client = new Client(api.uri(), http());
    }

    @AfterAll
    static void stop() {
        client.close();
        api.close();
    }

    private static Map<String, String> settings() {
        return Map.of(
                "api.tls-certificate-file", files.certificate().toString(),
                "api.tls-key-file", files.key().toString(),
                "api.tls-interval", files.interval().toMillis() + "ms");
    }

    private static HttpClient http() {
        return HttpClient.newBuilder()
                .sslContext(TestPair.trusting(first, renewed))
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void serve_toAClientOfEitherVersion_isHttp2(String version) {
        var only = new SSLParameters();
        only.setProtocols(new String[] {version});
        try (var of = new Client(
                api.uri(),
                HttpClient.newBuilder()
                        .sslContext(TestPair.trusting(first, renewed))
                        .sslParameters(only)
                        .build())) {
            Reply reply = of.get("/campaigns");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.response().version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(reply.response().sslSession().orElseThrow().getProtocol())
                    .isEqualTo(version);
        }
    }

    @Test
    void serve_inTheClear_answersNothing() {
        URI clear = URI.create("http://127.0.0.1:" + api.uri().getPort());
        try (var careless = new Client(clear)) {
            assertThatThrownBy(() -> careless.get("/openapi.json")).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void signIn_comesBackByHttps_andItsCookieChangesFromHttpsOnly() {
        Reply begun = client.send(HttpRequest.newBuilder(api.uri().resolve("/sign-in")));
        URI issuer = URI.create(begun.header("location"));
        Reply page = api.send(HttpRequest.newBuilder(issuer));
        var link = Pattern.compile("id=\"mary\" href=\"([^\"]+)\"").matcher(page.body());
        assertThat(link.find()).as(page.body()).isTrue();
        Reply chosen =
                api.send(HttpRequest.newBuilder(issuer.resolve(link.group(1).replace("&amp;", "&"))));
        assertThat(chosen.header("location")).startsWith(api.uri() + "/sign-in/return");
        Reply landed = client.send(
                HttpRequest.newBuilder(URI.create(chosen.header("location"))).header("Cookie", value(begun)));
        assertThat(landed.header("set-cookie"))
                .startsWith("__Host-session-broadcaster=")
                .contains("Secure");

        assertThat(api.uri().getScheme()).isEqualTo("https");
        String clear = api.uri().toString().replace("https:", "http:");
        Problems.assertProblem(create(value(landed), clear), 403, "cross-site");
        assertThat(create(value(landed), api.uri().toString()).status()).isEqualTo(201);
    }

    @Test
    void serve_atALoopbackName_bindsNoOtherServerOfThisMachineToTls() {
        Reply reply = client.get("/campaigns");

        assertThat(reply.header("strict-transport-security")).isEmpty();
    }

    @Test
    void start_beyondLoopback_isKnownByItsOwnNameAndNeverInTheClear() throws IOException, GeneralSecurityException {
        first.writeTo(files); // another test may have left a broken pair
        var beyond = new HashMap<>(settings());
        beyond.putAll(Map.of(
                "api.bind", "0.0.0.0",
                "api.issuer", "https://issuer.example",
                "api.public-uri", "https://push.example"));
        try (RunningApi open = RunningApi.start(beyond);
                var visitor =
                        new Client(URI.create("https://localhost:" + open.uri().getPort()), http())) {
            assertThat(open.uri().toString()).startsWith("https://0.0.0.0:");
            Reply resource = visitor.get("/.well-known/oauth-protected-resource");
            assertThat(resource.json().path("resource").asText()).isEqualTo("https://push.example");
            for (Reply reply : List.of(resource, visitor.get("/nothing"), visitor.get("/"))) {
                assertThat(reply.header("strict-transport-security")).isEqualTo("max-age=31536000");
            }
        }
    }

    @Test
    void refresh_withARenewedPair_servesItToNewConnections_andKeepsItWhenTheNextIsBroken()
            throws IOException, GeneralSecurityException {
        int port = api.uri().getPort();
        first.writeTo(files);
        eventually(() -> assertThat(TestPair.shown(port, first, renewed)).isEqualTo(first.certificate()));
        assertThat(client.get("/campaigns").status()).isEqualTo(200);

        renewed.writeTo(files);
        eventually(() -> assertThat(TestPair.shown(port, first, renewed)).isEqualTo(renewed.certificate()));
        assertThat(client.get("/campaigns").status()).isEqualTo(200);
        double remaining = api.registry()
                .get("broadcaster.api.certificate.remaining")
                .gauge()
                .value();
        assertThat(remaining).isGreaterThan((double) Duration.ofDays(3).toSeconds());

        TestPair.write(files.key(), "half a ke");
        double failed = failedRounds();
        eventually(() -> assertThat(failedRounds()).isGreaterThan(failed));
        assertThat(TestPair.shown(port, first, renewed)).isEqualTo(renewed.certificate());
    }

    @Test
    void start_withAPairThatCannotBeUsed_namesTheSettingAndTheFile() throws IOException, GeneralSecurityException {
        var other = new PemFiles(directory.resolve("other.pem"), directory.resolve("other.key"), Duration.ofHours(1));
        refused(other, "api.tls-certificate-file must be readable", other.certificate());
        renewed.writeTo(other);
        assertThat(ServedCertificate.in(other).until())
                .isEqualTo(renewed.certificate().getNotAfter().toInstant());

        var swapped = new PemFiles(other.key(), other.certificate(), other.interval());
        refused(swapped, "api.tls-certificate-file must hold certificates in PEM", other.key());
        var twice = new PemFiles(other.certificate(), other.certificate(), other.interval());
        refused(twice, "api.tls-key-file must hold a private key in PEM", other.certificate());

        String key = Files.readString(other.key());
        first.writeTo(other);
        TestPair.write(other.key(), key);
        refused(other, "api.tls-key-file must hold the RSA or EC key of the first one", other.key());
        renewed.writeTo(other);
        TestPair.rsa().writeTo(new PemFiles(directory.resolve("third.pem"), other.key(), other.interval()));
        refused(other, "api.tls-key-file must hold the RSA or EC key of the first one", other.key());
        Files.delete(other.key());
        refused(other, "api.tls-key-file must be readable", other.key());
    }

    private static void refused(PemFiles pair, String rule, Path file) {
        assertThatThrownBy(() -> ServedCertificate.in(pair))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(rule)
                .hasMessageContaining("but was '" + file + "'");
    }

    private static double failedRounds() {
        return api.registry()
                .get("broadcaster.rounds.failed")
                .tag("rounds", "certificate")
                .counter()
                .count();
    }

    private static Reply create(String cookie, String origin) {
        return client.send(HttpRequest.newBuilder(api.uri().resolve("/campaigns"))
                .header("Cookie", cookie)
                .header("Content-Type", "application/json")
                .header("Origin", origin)
                .header("Broadcaster-Page", "console")
                .POST(BodyPublishers.ofString(Bodies.campaign("over-tls"))));
    }

    private static String value(Reply reply) {
        String cookie = reply.header("set-cookie");
        return cookie.substring(0, cookie.indexOf(';'));
    }
}
