package io.broadcaster.loadtest.provider.fcm;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import java.util.Arrays;

/**
 * The fields of one message that matter to the rules; filled by {@link FcmMessageReader} and reused from message to
 * message. Confined to one connection.
 */
final class FcmMessage {
    private static final byte[] DEAD = {':', 'd', 'e', 'a', 'd'};
    private static final byte[] BAD = {':', 'b', 'a', 'd', '0'};

    private final byte[] token = new byte[FcmToken.BYTES_MAX];
    private int tokenLength;

    /** Where the reader met the token's opening quote, if nothing of the body is encoded otherwise than usual. */
    int tokenQuote;

    boolean dryRun;
    boolean shown;
    String collapseKey = "";
    String tag = "";
    int targets;
    int payloadBytes;

    void clear() {
        tokenLength = 0;
        tokenQuote = 0;
        dryRun = false;
        shown = false;
        collapseKey = "";
        tag = "";
        targets = 0;
        payloadBytes = 0;
    }

    /** Takes the token over; false when it cannot be one. */
    boolean token(char[] text, int offset, int length) {
        if (length == 0 || length > FcmToken.BYTES_MAX) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text[offset + i];
            if (!isTokenCharacter(c)) {
                return false;
            }
            token[i] = (byte) c;
        }
        tokenLength = length;
        return true;
    }

    boolean hasToken() {
        return tokenLength > 0;
    }

    int tokenLength() {
        return tokenLength;
    }

    /** Where the token begins in the body that was read, or a negative number where it does not stand there as it is. */
    int tokenStart(byte[] body) {
        int from = tokenQuote + 1;
        int end = from + tokenLength;
        boolean verbatim = from > 0
                && end < body.length
                && body[from - 1] == '"'
                && body[end] == '"'
                && Arrays.equals(token, 0, tokenLength, body, from, end);
        return verbatim ? from : -1;
    }

    TokenKey device() {
        return TokenKey.of(Platform.ANDROID, token, 0, tokenLength);
    }

    boolean deadByRule() {
        return tokenContains(DEAD);
    }

    boolean badByRule() {
        return tokenContains(BAD);
    }

    /** See {@link FcmVerdict.Accepted}. */
    String collapseId() {
        return !shown || tag.equals(collapseKey) ? collapseKey : collapseKey + "|" + tag;
    }

    private boolean tokenContains(byte[] part) {
        for (int i = 0; i + part.length <= tokenLength; i++) {
            if (token[i] == ':' && Arrays.equals(token, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == ':'
                || c == '_'
                || c == '-'
                || c == '.';
    }
}
