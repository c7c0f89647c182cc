package io.broadcaster.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** Fields on their way into a SHA-256, each preceded by its length. Confined to one thread. */
final class CanonicalText {
    private final MessageDigest digest;

    CanonicalText() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    CanonicalText field(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
        digest.update((byte) ',');
        return this;
    }

    CanonicalText field(long value) {
        return field(Long.toString(value));
    }

    CanonicalText field(Instant value) {
        return field(value.toEpochMilli());
    }

    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
