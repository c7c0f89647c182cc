package io.broadcaster.loadtest.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.Platform;
import io.broadcaster.config.Settings;
import io.broadcaster.loadtest.provider.wire.Behaviour;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulatorsHttpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";

    private static Path files;
    private static Simulators simulators;
    private static SSLContext tls;
    private static HttpClient client;
    private static String access;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        files = directory.resolve("simulators");
        simulators = Simulators.start(SimulatorsConfig.in(files, InstantSource.system()));
        tls = trusting(Path.of(setting("fcm.trust-file")));
        client = HttpClient.newBuilder().sslContext(tls).build();
        access = credentials(setting("fcm.service-account-file"))
                .createScoped(SCOPE)
                .refreshAccessToken()
                .getTokenValue();
    }

    @AfterAll
    static void stop() {
        client.close();
        simulators.close();
    }

    @Test
    void settings_ofSimulators_areSettingsOfTheSections() {
        assertThat(Settings.of(simulators.settings())).isNotNull();
        assertThat(simulators.settings())
                .containsOnlyKeys(
                        "apns.endpoint",
                        "apns.topic",
                        "apns.team-id",
                        "apns.key-id",
                        "apns.signing-key-file",
                        "apns.trust-file",
                        "fcm.endpoint",
                        "fcm.project",
                        "fcm.service-account-file",
                        "fcm.trust-file");
    }

    @Test
    void start_files_readableByTheirOwnerOnly() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files)))
                .isEqualTo("rwx------");
        try (var made = Files.list(files)) {
            for (Path file : made.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void start_portTaken_illegalState(@TempDir Path other) {
        int taken = simulators.endpoint(Platform.IOS).getPort();
        var config = SimulatorsConfig.in(other, InstantSource.system()).withPorts(taken, 0);

        assertThatThrownBy(() -> Simulators.start(config))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(Integer.toString(taken));
    }

    @Test
    void send_fcmOverHttp2_acceptedNamedAndJournaled() throws Exception {
        String token = fcmToken(1);
        var answer = client.send(fcm(message(token)), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).path("name").asText())
                .matches("projects/broadcaster-demo/messages/0:[0-9a-f]{16}");
        assertThat(simulators
                        .journal()
                        .receipts(Platform.ANDROID, new DeviceToken(token))
                        .collapseIds())
                .isEqualTo(Map.of("launch", 1));
    }

    @Test
    void send_fcmOverHttp1_accepted() throws Exception {
        try (var http1 = HttpClient.newBuilder()
                .sslContext(tls)
                .version(Version.HTTP_1_1)
                .build()) {
            var answer = http1.send(fcm(message(fcmToken(2))), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.version()).isEqualTo(Version.HTTP_1_1);
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void send_moreThanOneStream_allAnswered() {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(100, 180)
                .mapToObj(i -> client.sendAsync(fcm(message(fcmToken(i))), HttpResponse.BodyHandlers.ofString()))
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    @Test
    void send_dryRun_acceptedButNotJournaled() throws Exception {
        String token = fcmToken(3);
        String body = message(token).replaceFirst("\\{", "{\"validate_only\":true,");
        var answer = client.send(fcm(body), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(simulators
                        .journal()
                        .receipts(Platform.ANDROID, new DeviceToken(token))
                        .accepted())
                .isZero();
    }

    @Test
    void send_deadToken_unregisteredInGooglesForm() throws Exception {
        String token = "c".repeat(22) + ":dead" + "x".repeat(136);
        var answer = client.send(fcm(message(token)), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(404);
        JsonNode error = JSON.readTree(answer.body()).path("error");
        assertThat(error.path("status").asText()).isEqualTo("NOT_FOUND");
        assertThat(error.at("/details/0/@type").asText()).endsWith("google.firebase.fcm.v1.FcmError");
        assertThat(error.at("/details/0/errorCode").asText()).isEqualTo("UNREGISTERED");
    }

    @Test
    void send_scriptedQuota_429WithRetryAfterThenNormalAgain() throws Exception {
        simulators.behaviour(Platform.ANDROID, new Behaviour.Answering(429, 1, 1));
        HttpResponse<String> throttled;
        try {
            throttled = client.send(fcm(message(fcmToken(4))), HttpResponse.BodyHandlers.ofString());
        } finally {
            simulators.behaviour(Platform.ANDROID, new Behaviour.Normal());
        }

        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("retry-after")).contains("1");
        assertThat(throttled.body()).contains("QUOTA_EXCEEDED");
        assertThat(client.send(fcm(message(fcmToken(4))), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refresh_keyOfAnotherAccount_refused(@TempDir Path other) throws Exception {
        try (var stranger = Simulators.start(SimulatorsConfig.in(other, InstantSource.system()))) {
            JsonNode theirs = JSON.readTree(Path.of(stranger.settings().getOrDefault("fcm.service-account-file", ""))
                    .toFile());
            var forged = (ObjectNode)
                    JSON.readTree(Path.of(setting("fcm.service-account-file")).toFile());
            forged.set("private_key", theirs.path("private_key"));
            Path file = Files.writeString(other.resolve("forged.json"), forged.toString());

            assertThatThrownBy(() ->
                            credentials(file.toString()).createScoped(SCOPE).refreshAccessToken())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("400");
        }
    }

    @Test
    void send_apnsWithoutProviderToken_403OverHttp2() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(setting("apns.endpoint") + "/3/device/" + "0a".repeat(32)))
                .POST(HttpRequest.BodyPublishers.ofString("{\"aps\":{}}"))
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"reason\":\"MissingProviderToken\"}");
        assertThat(answer.headers().firstValue("apns-id")).isPresent();
    }

    @Test
    void send_apnsOverHttp1_noAnswer() {
        try (var http1 = HttpClient.newBuilder()
                .sslContext(tls)
                .version(Version.HTTP_1_1)
                .build()) {
            var request = HttpRequest.newBuilder(URI.create(setting("apns.endpoint") + "/3/device/00"))
                    .build();

            assertThatThrownBy(() -> http1.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    private static HttpRequest fcm(String body) {
        return HttpRequest.newBuilder(URI.create(
                        setting("fcm.endpoint") + "/v1/projects/" + setting("fcm.project") + "/messages:send"))
                .header("authorization", "Bearer " + access)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String message(String token) {
        return "{\"message\":{\"token\":\"" + token + "\",\"notification\":{\"title\":\"t\"},\"android\":"
                + "{\"collapse_key\":\"launch\",\"notification\":{\"tag\":\"launch\"}}}}";
    }

    private static String fcmToken(int number) {
        return "c".repeat(22) + ":APA91b" + "x".repeat(120) + number;
    }

    private static String setting(String key) {
        return simulators.settings().getOrDefault(key, "");
    }

    private static ServiceAccountCredentials credentials(String file) throws Exception {
        try (var json = Files.newInputStream(Path.of(file))) {
            return ServiceAccountCredentials.fromStream(
                    json,
                    () -> new NetHttpTransport.Builder()
                            .setSslSocketFactory(tls.getSocketFactory())
                            .build());
        }
    }

    private static SSLContext trusting(Path authority) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var pem = Files.newInputStream(authority)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
