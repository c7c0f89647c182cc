package io.broadcaster.loadtest.provider.journal;

import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.Platform;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * 128 bits that stand for a device token in journals and reports, by {@link KeyHash}; never both zero for a token.
 */
public record TokenKey(long high, long low) {
    /** The key of a device's token. */
    public static TokenKey of(Platform platform, DeviceToken token) {
        byte[] bytes = token.value().getBytes(StandardCharsets.US_ASCII);
        return of(platform, bytes, 0, bytes.length);
    }

    /** The key of the token in {@code bytes[offset, offset + length)}, ASCII; iOS tokens in either case. */
    public static TokenKey of(Platform platform, byte[] bytes, int offset, int length) {
        var hash = new KeyHash();
        hash.of(platform, bytes, offset, length);
        return new TokenKey(hash.high(), hash.low());
    }

    /** The key as 32 hex digits. */
    public String hex() {
        var hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }

    /** The key of 32 hex digits. */
    public static TokenKey ofHex(String text) {
        return new TokenKey(HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
    }
}
