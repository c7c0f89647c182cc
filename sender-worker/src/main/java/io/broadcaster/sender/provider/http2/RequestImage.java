package io.broadcaster.sender.provider.http2;

import io.broadcaster.sender.provider.http2.HeadField.Own;
import java.io.ByteArrayOutputStream;

/**
 * The very bytes of a request on one connection, HEADERS and DATA, for tokens of one length: a request is a copy of them with
 * stream id, token and notification id written over. Immutable but for the connection's table, which it was encoded with.
 */
final class RequestImage {
    private final RequestForm form;
    private final int tokenLength;
    private final byte[] bytes;
    private final int headLength;
    private final int tokenAt;
    private final int idAt;

    private RequestImage(RequestForm form, int tokenLength, byte[] bytes, int headLength, int tokenAt, int idAt) {
        this.form = form;
        this.tokenLength = tokenLength;
        this.bytes = bytes;
        this.headLength = headLength;
        this.tokenAt = tokenAt;
        this.idAt = idAt;
    }

    /** Encodes with the connection's table, which may change by it. */
    static RequestImage encode(RequestForm form, int tokenLength, HpackTable table) {
        var head = new ByteArrayOutputStream();
        head.writeBytes(new byte[Frames.HEAD]);
        table.begin(head);
        int tokenAt = -1;
        int idAt = -1;
        for (HeadField field : form.head()) {
            switch (field.own()) {
                case NOTHING -> table.field(head, field);
                case TOKEN -> tokenAt = table.openField(head, field, form.ownLength(Own.TOKEN, tokenLength));
                case NOTIFICATION_ID ->
                    idAt = table.openField(head, field, form.ownLength(Own.NOTIFICATION_ID, tokenLength));
            }
        }
        int headLength = head.size();
        int bodyLength = form.bodyLength(tokenLength);
        byte[] bytes = new byte[headLength + Frames.HEAD + bodyLength];
        System.arraycopy(head.toByteArray(), 0, bytes, 0, headLength);
        Frames.head(bytes, 0, headLength - Frames.HEAD, Frames.HEADERS, Frames.END_HEADERS, 0);
        Frames.head(bytes, headLength, bodyLength, Frames.DATA, Frames.END_STREAM, 0);
        form.copyBody(bytes, headLength + Frames.HEAD, tokenLength);
        if (form.tokenInBodyAt() >= 0) {
            tokenAt = headLength + Frames.HEAD + form.tokenInBodyAt();
        }
        return new RequestImage(form, tokenLength, bytes, headLength, tokenAt, idAt);
    }

    /** Bytes of the whole request. */
    int length() {
        return bytes.length;
    }

    /** Bytes of HEADERS, before the head of DATA. */
    int headLength() {
        return headLength;
    }

    /** Writes a request of {@link #length} bytes. */
    void write(byte[] out, int at, int stream, byte[] token, long ordinal) {
        System.arraycopy(bytes, 0, out, at, bytes.length);
        Frames.INT.set(out, at + Frames.STREAM_AT, stream);
        Frames.INT.set(out, at + headLength + Frames.STREAM_AT, stream);
        if (tokenAt >= 0) {
            if (form.hexToken()) {
                DeviceText.hex(token, tokenLength, out, at + tokenAt);
            } else {
                System.arraycopy(token, 0, out, at + tokenAt, tokenLength);
            }
        }
        if (idAt >= 0) {
            DeviceText.uuid(form.ids().high(), form.ids().low(ordinal), out, at + idAt);
        }
    }
}
