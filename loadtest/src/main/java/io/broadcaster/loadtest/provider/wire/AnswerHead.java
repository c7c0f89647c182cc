package io.broadcaster.loadtest.provider.wire;

import io.netty.util.AsciiString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Status and headers of an answer, encoded once and used for every answer of their kind. The last header may be open: its
 * value, at most {@value #OPEN_VALUE_MAX} bytes, comes with each answer. Immutable.
 */
public final class AnswerHead {
    /** What one byte of HPACK can give the length of. */
    public static final int OPEN_VALUE_MAX = 126;

    private static final int NAMES_AND_VALUES_MAX = 126;

    /** HPACK's static table: {@code :status 200} is entry 8, whose name serves for the others. */
    private static final int INDEXED_STATUS_200 = 0x88;

    private static final int LITERAL_STATUS = 0x08;
    private static final int OK = 200;

    private final int status;
    private final AsciiString[] headers;
    private final AsciiString open;
    private final byte[] block;

    private AnswerHead(int status, AsciiString[] headers, AsciiString open) {
        this.status = status;
        this.headers = headers;
        this.open = open;
        block = encode();
    }

    /** A status with these headers, names and values in turn, all names lower case. */
    public static AnswerHead of(int status, AsciiString... headers) {
        return new AnswerHead(status, headers.clone(), AsciiString.EMPTY_STRING);
    }

    /** The same with one more header whose value comes with each answer. */
    public AnswerHead withOpen(AsciiString name) {
        return new AnswerHead(status, headers, name);
    }

    int status() {
        return status;
    }

    /** Names and values in turn; never change it. */
    AsciiString[] headers() {
        return headers;
    }

    /** The name of the open header, or nothing. */
    AsciiString open() {
        return open;
    }

    /** The HPACK block up to the open header's value; stateless: no entry of a dynamic table is used or made. */
    byte[] block() {
        return block;
    }

    private byte[] encode() {
        var out = new ByteArrayOutputStream();
        if (status == OK) {
            out.write(INDEXED_STATUS_200);
        } else {
            out.write(LITERAL_STATUS);
            text(out, new AsciiString(Integer.toString(status)));
        }
        for (int i = 0; i < headers.length; i += 2) {
            out.write(0);
            text(out, headers[i]);
            text(out, headers[i + 1]);
        }
        if (!open.isEmpty()) {
            out.write(0);
            text(out, open);
        }
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, AsciiString text) {
        if (text.length() > NAMES_AND_VALUES_MAX) {
            throw new IllegalArgumentException(
                    "header must have at most " + NAMES_AND_VALUES_MAX + " bytes, but had " + text.length());
        }
        out.write(text.length());
        out.writeBytes(text.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
