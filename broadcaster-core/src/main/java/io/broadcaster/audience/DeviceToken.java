package io.broadcaster.audience;

import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Platform;
import java.util.Locale;

/**
 * A provider's address of one device; never prints. iOS: 2 to 200 hex digits, an even number, in lower case. Android: 1 to
 * 512 of {@code A-Z a-z 0-9 : _ - .} (no limit is published; seen are 140 to 180).
 */
public record DeviceToken(String value) {
    private static final int IOS_HEX_MAX = 200;
    private static final int ANDROID_MAX = 512;

    /** The token in canonical form, or {@link InvalidInput} that does not quote it. */
    public static DeviceToken of(Platform platform, String text) {
        return switch (platform) {
            case IOS -> {
                if (text.isEmpty() || text.length() > IOS_HEX_MAX || text.length() % 2 != 0 || !isHex(text)) {
                    throw new InvalidInput("token", "of ios must be 2 to 200 hex digits, an even number", length(text));
                }
                yield new DeviceToken(text.toLowerCase(Locale.ROOT));
            }
            case ANDROID -> {
                if (text.isEmpty() || text.length() > ANDROID_MAX || !isTokenText(text)) {
                    throw new InvalidInput("token", "of android must be 1 to 512 of A-Z a-z 0-9 : _ - .", length(text));
                }
                yield new DeviceToken(text);
            }
        };
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    }

    private static boolean isTokenText(String text) {
        return text.chars()
                .allMatch(c -> (c >= 'A' && c <= 'Z')
                        || (c >= 'a' && c <= 'z')
                        || (c >= '0' && c <= '9')
                        || c == ':'
                        || c == '_'
                        || c == '-'
                        || c == '.');
    }

    private static String length(String text) {
        return "a text of " + text.length() + " characters";
    }

    @Override
    public String toString() {
        return "DeviceToken[" + value.length() + " characters]";
    }
}
