package io.broadcaster.sender.provider.apns;

import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.config.Secret;
import io.broadcaster.config.SecretException;
import io.broadcaster.config.SecretStore;
import io.broadcaster.sender.provider.rotation.ReadKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * Reads the APNs signing key: Apple's .p8 (PEM), whose ids are {@code apns.key-id} and {@code apns.team-id}, or JSON with
 * {@code keyId}, {@code teamId} and {@code privateKey} (the .p8's text), which changes all three at once. Messages hold nothing
 * of the key. The bytes are wiped; JSON's text cannot be.
 */
public final class ApnsKeys implements ReadKey.Reader<ApnsSigningKey> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] BEGIN = "-----BEGIN PRIVATE KEY-----".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "-----END PRIVATE KEY-----".getBytes(StandardCharsets.US_ASCII);

    private final ApnsConfig config;

    public ApnsKeys(ApnsConfig config) {
        this.config = config;
    }

    /** The key that a process starts with; {@link io.broadcaster.config.ConfigException} when it cannot be used. */
    public static ReadKey<ApnsSigningKey> first(ApnsConfig config, SecretStore secrets) {
        return ReadKey.first(secrets, config.signingKey(), new ApnsKeys(config), "apns.signing-key");
    }

    @Override
    public ReadKey<ApnsSigningKey> read(Secret secret) throws SecretException {
        byte[] bytes = secret.bytes();
        try {
            return isJson(bytes)
                    ? ofJson(bytes, secret.fingerprint())
                    : ofPem(bytes, config.keyId(), config.teamId(), secret.fingerprint());
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static boolean isJson(byte[] bytes) {
        for (byte each : bytes) {
            if (!Character.isWhitespace(each)) {
                return each == '{';
            }
        }
        return false;
    }

    private ReadKey<ApnsSigningKey> ofJson(byte[] bytes, String fingerprint) throws SecretException {
        JsonNode node;
        try {
            node = JSON.readTree(bytes);
        } catch (IOException e) {
            throw new SecretException("the APNs key is broken JSON"); // the parser's message quotes it
        }
        byte[] pem = node.path("privateKey").asText("").getBytes(StandardCharsets.US_ASCII);
        try {
            return ofPem(
                    pem,
                    node.path("keyId").asText(config.keyId()),
                    node.path("teamId").asText(config.teamId()),
                    fingerprint);
        } finally {
            Arrays.fill(pem, (byte) 0);
        }
    }

    private static ReadKey<ApnsSigningKey> ofPem(byte[] pem, String keyId, String teamId, String fingerprint)
            throws SecretException {
        if (keyId.isEmpty() || teamId.isEmpty()) {
            throw new SecretException("the APNs key has no key id or team id, neither with it nor in the settings");
        }
        int from = indexOf(pem, BEGIN);
        int to = indexOf(pem, END);
        if (from < 0 || to < from) {
            throw new SecretException("the APNs key is no PKCS#8 key in PEM");
        }
        byte[] base64 = Arrays.copyOfRange(pem, from + BEGIN.length, to);
        byte[] der = new byte[0];
        try {
            der = Base64.getMimeDecoder().decode(base64);
            var key = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
            return new ReadKey<>(new ApnsSigningKey(keyId, teamId, key), keyId, fingerprint);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SecretException("the APNs key is no elliptic-curve key");
        } finally {
            Arrays.fill(base64, (byte) 0);
            Arrays.fill(der, (byte) 0);
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
