package io.broadcaster.loadtest.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.tls.ServerIdentity;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bare peer towards clients that we did not write. */
@Timeout(60)
final class BarePeerTest {
    private static final ServerIdentity IDENTITY =
            ServerIdentity.create(Instant.parse("2026-11-25T00:00:00Z"), new SecureRandom());

    @TempDir
    private Path folder;

    @Test
    void answer_manyRequestsOfPushy_acceptsEach() throws Exception {
        try (BarePeer peer = BarePeer.start(Platform.IOS, IDENTITY, Duration.ZERO)) {
            Map<String, String> settings = PeerFiles.write(
                    folder.resolve("peer"), IDENTITY, peer.port(), URI.create("http://localhost/token"));
            ApnsClient client = new ApnsClientBuilder()
                    .setApnsServer("localhost", peer.port())
                    .setTrustedServerCertificateChain(
                            Path.of(setting(settings, "apns.trust-file")).toFile())
                    .setSigningKey(ApnsSigningKey.loadFromPkcs8File(
                            Path.of(setting(settings, "apns.signing-key-file")).toFile(), "TEAM123456", "KEY1234567"))
                    .build();
            try {
                var answers = new ArrayList<CompletableFuture<PushNotificationResponse<SimpleApnsPushNotification>>>();
                for (int i = 0; i < 20_000; i++) {
                    answers.add(client.sendNotification(
                            new SimpleApnsPushNotification("%064x".formatted(i), "topic", "{\"aps\":{}}")));
                }
                for (var answer : answers) {
                    assertThat(answer.get(30, TimeUnit.SECONDS).isAccepted()).isTrue();
                }
            } finally {
                client.close().get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void answer_manyRequestsOfTheJdksClient_200WithAMessageNameBeyondTheFirstWindow() throws Exception {
        try (BarePeer peer = BarePeer.start(Platform.ANDROID, IDENTITY, Duration.ZERO);
                HttpClient client = HttpClient.newBuilder().sslContext(trust()).build()) {
            List<HttpResponse<String>> answers = post(client, peer, 2_000);

            assertThat(answers).hasSize(2_000).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.headers().firstValue("content-type")).contains("application/json");
                assertThat(answer.body()).startsWith("{\"name\":\"projects/");
            });
        }
    }

    @Test
    void answer_withDelay_comesNoEarlier() throws Exception {
        Duration delay = Duration.ofMillis(200);
        try (BarePeer peer = BarePeer.start(Platform.ANDROID, IDENTITY, delay);
                HttpClient client = HttpClient.newBuilder().sslContext(trust()).build()) {
            long start = System.nanoTime();
            List<HttpResponse<String>> answers = post(client, peer, 50);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay);
            assertThat(answers).hasSize(50);
        }
    }

    private static List<HttpResponse<String>> post(HttpClient client, BarePeer peer, int requests) throws Exception {
        var uri = URI.create("https://localhost:" + peer.port() + "/v1/projects/p/messages:send");
        var first = client.send(request(uri), BodyHandlers.ofString()); // the connection exists from here on
        var running = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        var answers = new ArrayList<HttpResponse<String>>();
        answers.add(first);
        while (answers.size() < requests) {
            for (int i = 0; i < Math.min(50, requests - answers.size()); i++) {
                running.add(client.sendAsync(request(uri), BodyHandlers.ofString()));
            }
            for (var answer : running) {
                answers.add(answer.get(30, TimeUnit.SECONDS));
            }
            running.clear();
        }
        return answers;
    }

    private static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .POST(BodyPublishers.ofString("{\"message\":{\"token\":\"t\"}}"))
                .build();
    }

    private static String setting(Map<String, String> settings, String key) {
        return settings.getOrDefault(key, "");
    }

    private static SSLContext trust() throws Exception {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(IDENTITY.authorityPem().getBytes(StandardCharsets.US_ASCII))));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
