package io.broadcaster.api.export;

import io.broadcaster.config.Secret;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (hex) of tokens under the export key. One thread. */
final class TokenHash {
    private final Mac mac;

    TokenHash(Secret key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.bytes(), "HmacSHA256"));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    String of(byte[] token) {
        return HexFormat.of().formatHex(mac.doFinal(token));
    }
}
