package io.broadcaster.audit;

import io.broadcaster.campaign.InvalidInput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of the chain: how many entries there are, and the SHA-256 (hex) of the last. It stands for all of them: kept
 * outside, it shows any change of what it saw.
 */
public record AuditHead(long entries, String sha256) {
    /** The head of a chain without entries. */
    public static final AuditHead EMPTY = new AuditHead(0, "0".repeat(64));

    private static final Pattern FORM = Pattern.compile("(\\d{1,12}):([0-9a-f]{64})");

    /** Reads {@code 12:5f…}; {@link InvalidInput} on any other text. */
    public static AuditHead parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new InvalidInput("audit head", "must be a number, a colon and 64 hex digits", text);
        }
        return new AuditHead(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    @Override
    public String toString() {
        return entries + ":" + sha256;
    }
}
