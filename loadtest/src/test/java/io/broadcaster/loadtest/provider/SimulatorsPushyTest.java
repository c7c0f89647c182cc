package io.broadcaster.loadtest.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.Platform;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulatorsPushyTest {
    private static final String PAYLOAD = "{\"aps\":{\"alert\":{\"title\":\"t\",\"body\":\"b\"}}}";
    private static final Instant UNTIL = Instant.parse("2030-01-01T00:00:00Z");

    private static Simulators simulators;
    private static ApnsClient client;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        simulators = Simulators.start(SimulatorsConfig.in(directory, InstantSource.system()));
        client = client(simulators.settings(), value(simulators.settings(), "apns.key-id"));
    }

    @AfterAll
    static void stop() throws Exception {
        client.close().get();
        simulators.close();
    }

    @Test
    void send_thousandDevices_everyOneAcceptedAndJournaledOnce() throws Exception {
        var answers = new ArrayList<CompletableFuture<PushNotificationResponse<SimpleApnsPushNotification>>>();
        var sent = new ArrayList<SimpleApnsPushNotification>();
        for (int i = 0; i < 1_000; i++) {
            var push = push(token("00", i), PAYLOAD);
            sent.add(push);
            answers.add(client.sendNotification(push));
        }
        for (var answer : answers) {
            assertThat(answer.get().isAccepted()).isTrue();
            assertThat(answer.get().getApnsId())
                    .isEqualTo(answer.get().getPushNotification().getApnsId());
        }
        for (var push : sent) {
            var receipts = simulators.journal().receipts(Platform.IOS, new DeviceToken(push.getToken()));
            assertThat(receipts.accepted()).isEqualTo(1);
            assertThat(receipts.collapseIds()).isEqualTo(Map.of("launch", 1));
            assertThat(receipts.apnsIds()).containsExactly(push.getApnsId());
        }
    }

    @Test
    void send_oneStreamUntilAToken_allAcceptedAllTheSame(@TempDir Path own) throws Exception {
        try (var strict = Simulators.start(SimulatorsConfig.in(own, InstantSource.system()))) {
            strict.oneStreamFirst(Platform.IOS, true);
            ApnsClient careful = client(strict.settings(), value(strict.settings(), "apns.key-id"));
            var answers = new ArrayList<CompletableFuture<PushNotificationResponse<SimpleApnsPushNotification>>>();
            for (int i = 0; i < 300; i++) {
                answers.add(careful.sendNotification(push(token("00", i), PAYLOAD)));
            }
            int accepted = 0;
            for (var answer : answers) {
                accepted += answer.handle((response, fault) -> response != null && response.isAccepted() ? 1 : 0)
                        .get();
            }
            careful.close().get();

            // What Pushy had written before it read our SETTINGS is refused, as not processed; nothing else may be.
            assertThat(accepted).isPositive();
            assertThat(strict.journal().totals(Platform.IOS).accepted()).isEqualTo(accepted);
        }
    }

    @Test
    void send_deadToken_unregisteredWithTimestamp() throws Exception {
        var answer = client.sendNotification(push(token("dead", 1), PAYLOAD)).get();

        assertThat(answer.isAccepted()).isFalse();
        assertThat(answer.getStatusCode()).isEqualTo(410);
        assertThat(answer.getRejectionReason()).contains("Unregistered");
        assertThat(answer.getTokenInvalidationTimestamp()).isPresent();
    }

    @Test
    void send_badToken_badDeviceToken() throws Exception {
        var answer = client.sendNotification(push(token("bad0", 1), PAYLOAD)).get();

        assertThat(answer.getStatusCode()).isEqualTo(400);
        assertThat(answer.getRejectionReason()).contains("BadDeviceToken");
    }

    @Test
    void send_payloadOf4097Bytes_tooLargeAnd4096Accepted() throws Exception {
        String frame = "{\"aps\":{},\"x\":\"\"}";
        String atLimit = frame.replace("\"\"", "\"" + "x".repeat(4_096 - frame.length()) + "\"");
        String overLimit = frame.replace("\"\"", "\"" + "x".repeat(4_097 - frame.length()) + "\"");

        assertThat(client.sendNotification(push(token("01", 1), atLimit)).get().isAccepted())
                .isTrue();
        var answer = client.sendNotification(push(token("01", 2), overLimit)).get();
        assertThat(answer.getStatusCode()).isEqualTo(413);
        assertThat(answer.getRejectionReason()).contains("PayloadTooLarge");
    }

    @Test
    void send_unknownKeyId_invalidProviderToken() throws Exception {
        ApnsClient stranger = client(simulators.settings(), "OTHERKEY00");
        var answer = stranger.sendNotification(push(token("02", 1), PAYLOAD)).get();
        var _ = stranger.close();

        assertThat(answer.getStatusCode()).isEqualTo(403);
        assertThat(answer.getRejectionReason()).contains("InvalidProviderToken");
    }

    @Test
    void send_answerTimeSet_answersNoSooner() throws Exception {
        client.sendNotification(push(token("03", 0), PAYLOAD)).get();
        simulators.answerTime(Platform.IOS, Duration.ofMillis(200));
        try {
            assertAnswersTakeAtLeast(Duration.ofMillis(200));
        } finally {
            simulators.answerTime(Platform.IOS, Duration.ZERO);
        }
    }

    private static void assertAnswersTakeAtLeast(Duration time) throws Exception {
        long from = System.nanoTime();
        var answers = new ArrayList<CompletableFuture<?>>();
        for (int i = 1; i <= 100; i++) {
            answers.add(client.sendNotification(push(token("03", i), PAYLOAD)));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get();

        assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThanOrEqualTo(time);
    }

    @Test
    void send_clientWithoutTheAuthority_failsTheHandshake() throws Exception {
        var untrusting = new ApnsClientBuilder()
                .setApnsServer("localhost", simulators.endpoint(Platform.IOS).getPort())
                .setSigningKey(key(simulators.settings(), "KEY1234567"))
                .build();
        var answer = untrusting.sendNotification(push(token("04", 1), PAYLOAD));

        assertThatThrownBy(answer::get).hasRootCauseInstanceOf(GeneralSecurityException.class);
        var _ = untrusting.close();
    }

    private static SimpleApnsPushNotification push(String token, String payload) {
        return new SimpleApnsPushNotification(
                token,
                SimulatorsConfig.App.DEMO.topic(),
                payload,
                UNTIL,
                DeliveryPriority.IMMEDIATE,
                PushType.ALERT,
                "launch",
                UUID.randomUUID());
    }

    private static ApnsClient client(Map<String, String> settings, String keyId) throws Exception {
        return new ApnsClientBuilder()
                .setApnsServer(
                        "localhost",
                        URI.create(value(settings, "apns.endpoint")).getPort())
                .setTrustedServerCertificateChain(new File(value(settings, "apns.trust-file")))
                .setSigningKey(key(settings, keyId))
                .build();
    }

    private static ApnsSigningKey key(Map<String, String> settings, String keyId) throws Exception {
        return ApnsSigningKey.loadFromPkcs8File(
                new File(value(settings, "apns.signing-key-file")), value(settings, "apns.team-id"), keyId);
    }

    private static String value(Map<String, String> settings, String key) {
        return settings.getOrDefault(key, "");
    }

    private static String token(String prefix, int number) {
        return prefix + String.format(Locale.ROOT, "%0" + (64 - prefix.length()) + "x", number);
    }
}
