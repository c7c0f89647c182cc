package io.broadcaster.cli.wire;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.internal.ApacheHttp2Transport;
import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.AndroidNotification;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.Notification;
import io.broadcaster.campaign.Platform;
import io.broadcaster.sender.provider.fcm.FcmConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * The Admin SDK with the transport that it takes by default, but for the route: connections go to the peer instead of
 * Google. {@code sendEach} with 250 messages at a time. Sets the JVM's trust store: for a process of its own.
 */
@SuppressWarnings("deprecation") // setToken is what FCM registration tokens take
final class AdminPump implements Pump {
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);
    private static final String STORE_PASSWORD = "changeit";

    private final FirebaseApp app;
    private final FirebaseMessaging messaging;
    private final Devices devices = Devices.of(Platform.ANDROID);

    AdminPump(FcmConfig config, Instant startedAt) {
        trust(config.trustFile().orElseThrow());
        var transport = new ApacheHttp2Transport(ApacheHttp2Transport.defaultHttpAsyncClientBuilder()
                .setRoutePlanner(routeTo(config.endpoint()))
                .build());
        app = FirebaseApp.initializeApp(FirebaseOptions.builder()
                .setCredentials(
                        GoogleCredentials.create(new AccessToken("wire", Date.from(startedAt.plus(TOKEN_LIFE)))))
                .setProjectId(config.project())
                .setHttpTransport(transport)
                .build());
        messaging = FirebaseMessaging.getInstance(app);
    }

    @Override
    public void run(Answers answers) {
        int size = Platform.ANDROID.batchMax();
        for (long first = 0; !answers.stopped(); first += size) {
            List<Message> messages = messages(first, size);
            try {
                var response = messaging.sendEach(messages);
                answers.accepted(response.getSuccessCount());
                for (int i = 0; i < response.getFailureCount(); i++) {
                    answers.other();
                }
            } catch (FirebaseMessagingException e) {
                answers.other();
            }
        }
    }

    private List<Message> messages(long first, int count) {
        var messages = new ArrayList<Message>(count);
        for (int i = 0; i < count; i++) {
            messages.add(Message.builder()
                    .setToken(devices.token(first + i))
                    .setNotification(Notification.builder()
                            .setTitle(WireContent.TITLE)
                            .setBody(WireContent.BODY)
                            .build())
                    .putAllData(WireContent.DATA)
                    .setAndroidConfig(AndroidConfig.builder()
                            .setCollapseKey(WireContent.LAUNCH.value())
                            .setTtl(WireContent.EXPIRY.toMillis())
                            .setPriority(AndroidConfig.Priority.HIGH)
                            .setNotification(AndroidNotification.builder()
                                    .setTag(WireContent.LAUNCH.value())
                                    .build())
                            .build())
                    .build());
        }
        return messages;
    }

    private static HttpRoutePlanner routeTo(URI endpoint) {
        var peer = new HttpHost(endpoint.getScheme(), endpoint.getHost(), endpoint.getPort());
        return new HttpRoutePlanner() {
            @Override
            public HttpRoute determineRoute(HttpHost target, HttpContext context) {
                return new HttpRoute(peer, null, true);
            }
        };
    }

    private static void trust(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "peer", CertificateFactory.getInstance("X.509").generateCertificate(in));
            Path file = Files.createTempFile(pem.toAbsolutePath().getParent(), "trust", ".p12");
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, STORE_PASSWORD.toCharArray());
            }
            System.setProperty("javax.net.ssl.trustStore", file.toString());
            System.setProperty("javax.net.ssl.trustStorePassword", STORE_PASSWORD);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("trust file " + pem + " cannot be used", e);
        }
    }

    @Override
    public void close() {
        app.delete();
    }
}
