package io.broadcaster.loadtest.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.SimulatorsConfig.App;
import io.broadcaster.loadtest.provider.tls.OwnerOnlyFile;
import io.broadcaster.loadtest.provider.tls.ProviderKeys;
import io.broadcaster.loadtest.provider.tls.ServerIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The keys, the account and the trust that a client of the bare peer needs, as files, and the settings that name them. */
public final class PeerFiles {
    private PeerFiles() {}

    /** Writes the files; the settings are the whole sections {@code apns} and {@code fcm}, both towards this peer. */
    public static Map<String, String> write(Path directory, ServerIdentity identity, int port, URI tokenUri) {
        OwnerOnlyFile.createDirectory(directory);
        var keys = ProviderKeys.create();
        String endpoint = "https://localhost:" + port;
        Path trust = OwnerOnlyFile.write(directory.resolve("ca.pem"), identity.authorityPem());
        Path signingKey = OwnerOnlyFile.write(directory.resolve("signing-key.p8"), keys.apnsSigningKeyPem());
        Path account = OwnerOnlyFile.write(directory.resolve("service-account.json"), account(keys, tokenUri));
        var settings = new HashMap<String, String>();
        settings.put("apns.endpoint", endpoint);
        settings.put("apns.topic", App.DEMO.topic());
        settings.put("apns.team-id", App.DEMO.teamId());
        settings.put("apns.key-id", App.DEMO.keyId());
        settings.put("apns.signing-key-file", signingKey.toString());
        settings.put("apns.trust-file", trust.toString());
        settings.put("fcm.endpoint", endpoint);
        settings.put("fcm.project", App.DEMO.project());
        settings.put("fcm.service-account-file", account.toString());
        settings.put("fcm.trust-file", trust.toString());
        return settings;
    }

    /** The endpoint among the settings of a platform. */
    public static String endpoint(Platform platform, Map<String, String> settings) {
        String key = switch (platform) {
            case IOS -> "apns.endpoint";
            case ANDROID -> "fcm.endpoint";
        };
        String endpoint = settings.get(key);
        if (endpoint == null) {
            throw new IllegalArgumentException("settings must have " + key);
        }
        return endpoint;
    }

    private static String account(ProviderKeys keys, URI tokenUri) {
        try {
            return new ObjectMapper()
                    .writeValueAsString(Map.of(
                            "type",
                            "service_account",
                            "project_id",
                            App.DEMO.project(),
                            "private_key_id",
                            "wire",
                            "private_key",
                            keys.fcmPrivateKeyPem(),
                            "client_email",
                            "sender@" + App.DEMO.project() + ".iam.gserviceaccount.com",
                            "client_id",
                            "100000000000000000000",
                            "token_uri",
                            tokenUri.toString()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }
}
