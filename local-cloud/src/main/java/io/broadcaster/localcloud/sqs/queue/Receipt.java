package io.broadcaster.localcloud.sqs.queue;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a receipt handle says: which queue, which message, which of its receives.
 * As text it is 40 hex digits; nobody outside may rely on that.
 */
record Receipt(long queueNonce, long sequence, int generation) {
    private static final int NONCE_END = 16;
    private static final int SEQUENCE_END = 32;
    private static final int LENGTH = 40;
    private static final HexFormat HEX = HexFormat.of();

    String text() {
        StringBuilder text = new StringBuilder(LENGTH);
        text.append(HEX.toHexDigits(queueNonce));
        text.append(HEX.toHexDigits(sequence));
        text.append(HEX.toHexDigits(generation));
        return text.toString();
    }

    /** Null for anything that {@link #text} would not have written. */
    static @Nullable Receipt parse(String text) {
        if (text.length() != LENGTH) {
            return null;
        }
        try {
            return new Receipt(
                    HexFormat.fromHexDigitsToLong(text, 0, NONCE_END),
                    HexFormat.fromHexDigitsToLong(text, NONCE_END, SEQUENCE_END),
                    HexFormat.fromHexDigits(text, SEQUENCE_END, LENGTH));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
