package io.broadcaster.aws.dynamodb;

import io.broadcaster.campaign.StoreException;
import io.broadcaster.delivery.LedgerRow.DeadToken;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The dead tokens of a batch as bytes, big-endian: two for the position and eight for the milliseconds since 1970, each. */
final class DeadTokens {
    static final List<DeadToken> NONE = List.of();
    private static final int BYTES_EACH = Short.BYTES + Long.BYTES;

    private DeadTokens() {}

    static byte[] write(List<DeadToken> tokens) {
        var bytes = ByteBuffer.allocate(tokens.size() * BYTES_EACH);
        for (DeadToken token : tokens) {
            bytes.putShort((short) token.position());
            bytes.putLong(token.since().toEpochMilli());
        }
        return bytes.array();
    }

    static List<DeadToken> read(byte[] bytes) {
        if (bytes.length % BYTES_EACH != 0) {
            throw new StoreException("dead tokens must be " + BYTES_EACH + " bytes each, but were " + bytes.length);
        }
        var tokens = new ArrayList<DeadToken>(bytes.length / BYTES_EACH);
        var from = ByteBuffer.wrap(bytes);
        while (from.hasRemaining()) {
            int position = Short.toUnsignedInt(from.getShort());
            tokens.add(new DeadToken(position, Instant.ofEpochMilli(from.getLong())));
        }
        return tokens;
    }
}
