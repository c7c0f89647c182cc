package io.broadcaster.sender.provider.http2;

/**
 * Recognises the common answer without decoding it: a header block of status 200 that leaves the decoder's table as it is.
 * Everything else goes to a full decoder, which so sees every block that its table depends on.
 */
final class AnswerBlock {
    /** {@code :status 200} as an index of the static table (RFC 7541, appendix A). */
    private static final byte STATUS_200 = (byte) 0x88;

    private static final int INDEXED = 0x80;
    private static final int CHANGES_TABLE = 0x60;
    private static final int STRING_MOST = 0x7f;

    private AnswerBlock() {}

    /** Whether the block says 200 first and then holds only fields that change no table. */
    static boolean isPlainSuccess(byte[] block, int offset, int length) {
        int end = offset + length;
        if (length == 0 || block[offset] != STATUS_200) {
            return false;
        }
        int at = offset + 1;
        while (at < end) {
            int first = block[at] & 0xff;
            if ((first & INDEXED) != 0) {
                if (first == INDEXED || first == 0xff) {
                    return false; // no index, or a long one
                }
                at++;
                continue;
            }
            if ((first & CHANGES_TABLE) != 0) {
                return false;
            }
            at = afterLiteral(block, at, end);
            if (at < 0) {
                return false;
            }
        }
        return at == end;
    }

    /** The place after a literal field without indexing, or -1 when it is not a short and whole one. */
    private static int afterLiteral(byte[] block, int at, int end) {
        int index = block[at] & 0x0f;
        int next = at + 1;
        if (index == 0x0f) {
            if (next >= end || block[next] < 0) {
                return -1;
            }
            next++;
        } else if (index == 0) {
            next = afterString(block, next, end);
            if (next < 0) {
                return -1;
            }
        }
        return afterString(block, next, end);
    }

    private static int afterString(byte[] block, int at, int end) {
        if (at >= end) {
            return -1;
        }
        int length = block[at] & STRING_MOST;
        if (length == STRING_MOST || at + 1 + length > end) {
            return -1;
        }
        return at + 1 + length;
    }
}
