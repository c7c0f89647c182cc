package io.broadcaster.audience;

import io.broadcaster.campaign.InvalidInput;

/** A user of the app: 1 to 128 printable characters, no white space, no comma, no quote. */
public record UserId(String value) {
    private static final int LENGTH_MAX = 128;

    public UserId {
        if (!isValid(value)) {
            throw new InvalidInput(
                    "user id",
                    "must have 1 to " + LENGTH_MAX + " printable characters without blanks, commas, quotes",
                    value);
        }
    }

    /** Whether the text is a user id. */
    public static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' '
                    || c == ','
                    || c == '"'
                    || c == 0x7f
                    || Character.isISOControl(c)
                    || Character.isWhitespace(c)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
