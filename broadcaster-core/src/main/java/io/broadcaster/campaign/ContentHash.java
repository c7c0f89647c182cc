package io.broadcaster.campaign;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 (hex) of all that a phone can tell apart: kind, expiry, and every content. Proofs and approvals bear it, so that
 * they hold for exactly what was seen. Each field is preceded by its length, so that no two specs read alike.
 */
public final class ContentHash {
    private ContentHash() {}

    /** The hash of the spec's content, independent of the order of its entries. */
    public static String of(CampaignSpec spec) {
        var text = new StringBuilder();
        field(text, spec.kind().name());
        field(text, Long.toString(spec.expiry().toSeconds()));
        field(text, spec.defaultLocale().value());
        spec.contents().stream().map(ContentHash::canonical).sorted().forEach(entry -> field(text, entry));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String canonical(Content content) {
        var text = new StringBuilder();
        field(text, content.locale().value());
        content.platforms().forEach(platform -> field(text, platform.wireName()));
        field(text, "");
        field(text, content.title());
        field(text, content.body());
        content.data().forEach((key, value) -> {
            field(text, key);
            field(text, value);
        });
        return text.toString();
    }

    private static void field(StringBuilder text, String value) {
        text.append(value.length()).append(':').append(value).append(',');
    }
}
