package io.broadcaster.sender.provider.http2;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.collection.IntObjectHashMap;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts together the answers that are no plain success, with Netty's full header decoder, which sees every block that its
 * table depends on. Confined to the connection's event loop. Bounds: {@link #HEAD_BYTES_MAX} per head,
 * {@link Answer#BODY_MAX} kept per body, one entry per open stream.
 */
final class Answers {
    static final Answer SUCCESS = new Answer(Answer.OK, Map.of(), new byte[0]);

    /** Of the decoded fields, by RFC 9113's measure. */
    static final int HEAD_BYTES_MAX = 16 * 1_024;

    private static final Head UNFINISHED = new Head.Read(Optional.empty());
    private static final int INFORMATIONAL_MAX = 199;
    private static final int INFORMATIONAL_MIN = 100;

    /** What stands for a status that is no number: no rule of a provider takes it for a success. */
    private static final int NO_STATUS = 0;

    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(true, HEAD_BYTES_MAX);
    private final IntObjectHashMap<Underway> underway = new IntObjectHashMap<>();

    private record Underway(int status, Map<String, String> headers, ByteArrayOutputStream body) {
        Answer whole() {
            return new Answer(status, headers, body.toByteArray());
        }
    }

    /** What a header block says. */
    sealed interface Head {
        /** It could be read; {@code whole} is the answer that it ends, if it ends one. */
        record Read(Optional<Answer> whole) implements Head {}

        /** Its fields could be read, but are none that an answer may have (RFC 9113, section 8.1.1): a fault of its stream alone. */
        record Malformed(String why) implements Head {}
    }

    /** Takes a header block. Of a stream that is not {@code open} nothing is kept. */
    Head headers(int stream, byte[] block, int offset, int length, boolean ends, boolean open)
            throws ProtocolException {
        try {
            Http2Headers fields = decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(block, offset, length));
            return open ? new Head.Read(answer(stream, fields, ends)) : UNFINISHED;
        } catch (Http2Exception e) {
            if (Http2Exception.isStreamError(e)) { // Netty says so only when it has read the block to its end
                return new Head.Malformed(String.valueOf(e.getMessage()));
            }
            throw new ProtocolException(
                    ProtocolException.COMPRESSION_ERROR, "head cannot be decoded: " + e.getMessage());
        }
    }

    private Optional<Answer> answer(int stream, Http2Headers fields, boolean ends) {
        Underway known = underway.get(stream);
        if (known == null) {
            int status = status(fields);
            if (status >= INFORMATIONAL_MIN && status <= INFORMATIONAL_MAX && !ends) {
                return Optional.empty();
            }
            known = new Underway(status, headers(fields), new ByteArrayOutputStream());
            underway.put(stream, known);
        }
        return ends ? finish(stream, known) : Optional.empty();
    }

    /** Content; answers with the whole answer when it ends one. */
    Optional<Answer> data(int stream, byte[] bytes, int offset, int length, boolean ends) throws ProtocolException {
        Underway known = underway.get(stream);
        if (known == null) {
            throw new ProtocolException(ProtocolException.PROTOCOL_ERROR, "DATA before HEADERS");
        }
        known.body.write(bytes, offset, Math.min(length, Answer.BODY_MAX - known.body.size()));
        return ends ? finish(stream, known) : Optional.empty();
    }

    /** Whether the stream's answer is not whole, but a success by its status. */
    boolean hasBegunWell(int stream) {
        Underway known = underway.get(stream);
        return known != null && known.status == Answer.OK;
    }

    /** Nothing more of the stream's answer matters. */
    void forget(int stream) {
        underway.remove(stream);
    }

    private Optional<Answer> finish(int stream, Underway known) {
        underway.remove(stream);
        return Optional.of(known.whole());
    }

    private static int status(Http2Headers fields) {
        CharSequence text = fields.status();
        if (text == null || text.length() != 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return NO_STATUS;
        }
        return Integer.parseInt(text, 0, 3, 10);
    }

    private static Map<String, String> headers(Http2Headers fields) {
        var headers = new HashMap<String, String>();
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            headers.putIfAbsent(field.getKey().toString(), field.getValue().toString());
        }
        return headers;
    }
}
