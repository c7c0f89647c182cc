package io.broadcaster.loadtest.provider.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/** Signs tokens for tests, in the form of RFC 7518. */
public final class Signer {
    private Signer() {}

    public static KeyPair ecKeys() {
        try {
            return ProviderKeys.ecKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair rsaKeys() {
        try {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(2_048);
            return rsa.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String es256(PrivateKey key, String keyId, String claims) {
        return sign(key, "{\"alg\":\"ES256\",\"kid\":\"" + keyId + "\"}", claims, "SHA256withECDSAinP1363Format");
    }

    public static String es256Der(PrivateKey key, String keyId, String claims) {
        return sign(key, "{\"alg\":\"ES256\",\"kid\":\"" + keyId + "\"}", claims, "SHA256withECDSA");
    }

    public static String rs256(PrivateKey key, String claims) {
        return sign(key, "{\"alg\":\"RS256\"}", claims, "SHA256withRSA");
    }

    private static String sign(PrivateKey key, String header, String claims, String algorithm) {
        String signed =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
