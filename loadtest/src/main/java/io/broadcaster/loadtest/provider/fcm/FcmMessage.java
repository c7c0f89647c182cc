package io.broadcaster.loadtest.provider.fcm;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import java.util.Arrays;

/**
 * The fields of one message that matter to the rules; filled by {@link FcmMessageReader} and reused from message to
 * message. Confined to one connection.
 */
final class FcmMessage {
    /** The longest token read; no limit is published, seen are 140 to 180. */
    static final int TOKEN_MAX = 512;

    private static final byte[] DEAD = {':', 'd', 'e', 'a', 'd'};
    private static final byte[] BAD = {':', 'b', 'a', 'd', '0'};

    private final byte[] token = new byte[TOKEN_MAX];
    private int tokenLength;
    boolean dryRun;
    boolean shown;
    String collapseKey = "";
    String tag = "";
    int targets;
    int payloadBytes;

    void clear() {
        tokenLength = 0;
        dryRun = false;
        shown = false;
        collapseKey = "";
        tag = "";
        targets = 0;
        payloadBytes = 0;
    }

    /** Takes the token over; false when it cannot be one. */
    boolean token(char[] text, int offset, int length) {
        if (length == 0 || length > TOKEN_MAX) {
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
