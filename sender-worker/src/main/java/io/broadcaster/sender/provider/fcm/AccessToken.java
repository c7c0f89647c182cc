package io.broadcaster.sender.provider.fcm;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.broadcaster.sender.provider.TrustFile;
import io.broadcaster.sender.provider.http2.Provider.CredentialsException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The OAuth access token of the service account, fetched and kept fresh by Google's library; one that FCM refuses is fetched
 * anew once, however many answers say so. Safe for any thread; {@link #header} blocks while there is no fresh one.
 */
final class AccessToken {
    private static final Logger log = LoggerFactory.getLogger(AccessToken.class);
    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final String AUTHORIZATION = "Authorization";

    /** Of Google's access tokens. */
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final GoogleCredentials credentials;
    private final URI audience;
    private final AtomicReference<String> refused = new AtomicReference<>("");

    private AccessToken(GoogleCredentials credentials, URI audience) {
        this.credentials = credentials;
        this.audience = audience;
    }

    /** The service account's, from the token endpoint that it names. */
    static AccessToken of(FcmConfig config, ServiceAccountCredentials account) {
        var transport = new NetHttpTransport.Builder();
        config.trustFile()
                .ifPresent(file ->
                        transport.setSslSocketFactory(TrustFile.context(file).getSocketFactory()));
        NetHttpTransport built = transport.build();
        return new AccessToken(
                account.toBuilder().setHttpTransportFactory(() -> built).build().createScoped(SCOPE),
                config.endpoint());
    }

    /** A token that is never fetched nor renewed. */
    static AccessToken fixed(String value, FcmConfig config) {
        var token = com.google.auth.oauth2.AccessToken.newBuilder()
                .setTokenValue(value)
                .build();
        return new AccessToken(GoogleCredentials.create(token), config.endpoint());
    }

    /** The value of {@code authorization}. */
    String header() throws CredentialsException {
        try {
            Map<String, List<String>> metadata = credentials.getRequestMetadata(audience);
            List<String> values = metadata.get(AUTHORIZATION);
            if (values == null || values.isEmpty()) {
                throw new IOException("the token endpoint gave no token");
            }
            return values.getFirst();
        } catch (IOException e) {
            throw new CredentialsException("FCM's access token cannot be fetched: " + e.getMessage(), e);
        }
    }

    /** When the token in use was fetched, as its expiry tells; empty before the first. */
    Optional<Instant> issuedAt() {
        var held = credentials.getAccessToken();
        return held == null || held.getExpirationTime() == null
                ? Optional.empty()
                : Optional.of(held.getExpirationTime().toInstant().minus(LIFETIME));
    }

    /** FCM refuses the token of this header: fetches another, on a thread of its own. */
    void refused(String header) {
        if (!header.equals(refused.getAndSet(header))) {
            Thread.ofVirtual().name("fcm-token").start(() -> {
                try {
                    credentials.refresh();
                } catch (IOException e) {
                    log.warn("FCM's access token cannot be fetched anew: {}", e.getMessage());
                }
            });
        }
    }
}
