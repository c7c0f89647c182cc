package io.broadcaster.api.export;

import io.broadcaster.campaign.Platform;
import io.broadcaster.config.Secret;
import java.nio.charset.StandardCharsets;
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

    /** The hash of the token's text form: for iOS the hex digits, not the bytes that the snapshot keeps. */
    String of(Platform platform, byte[] stored) {
        byte[] text = switch (platform) {
            case IOS -> HexFormat.of().formatHex(stored).getBytes(StandardCharsets.US_ASCII);
            case ANDROID -> stored;
        };
        return HexFormat.of().formatHex(mac.doFinal(text));
    }
}
