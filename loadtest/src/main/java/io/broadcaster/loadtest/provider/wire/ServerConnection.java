package io.broadcaster.loadtest.provider.wire;

import io.broadcaster.loadtest.provider.hpack.FieldDecoder;
import io.broadcaster.loadtest.provider.hpack.FieldSink;
import io.broadcaster.loadtest.provider.hpack.HpackFault;
import io.netty.handler.codec.http2.Http2Error;
import java.util.Arrays;

/**
 * The server's side of one HTTP/2 connection (RFC 9113): turns frames into requests, has them judged as soon as they are
 * whole, and holds the answers. No state is kept of a stream between its request's end and its answer. Confined to the
 * connection's event loop; a fault ends the connection. Bounds: the streams granted, {@value #BLOCK_BYTES_MAX} bytes of
 * header block.
 */
final class ServerConnection implements FrameReader.Frames {
    /** SETTINGS_HEADER_TABLE_SIZE, the default. */
    private static final int TABLE_BYTES = 4_096;

    /** SETTINGS_MAX_HEADER_LIST_SIZE. */
    static final int LIST_BYTES_MAX = 8_192;

    private static final int BLOCK_BYTES_MAX = 64 * 1_024;

    private final Endpoint endpoint;
    private final Outbound out;
    private final FieldDecoder fields;
    private final OpenRequests requests;
    private final StreamRules streams;
    private final AnswerRelease answers;
    private final ReceiveWindow window;
    private final ClientSettings settings;
    private boolean settingsRead;
    private long dueNanos;
    private int judged;

    /** A header block that continues in other frames; stream 0 while there is none. */
    private int continuedStream;

    private boolean continuedEndsStream;
    private byte[] block = {};
    private int blockLength;

    ServerConnection(Endpoint endpoint, Outbound out) {
        this.endpoint = endpoint;
        this.out = out;
        fields = new FieldDecoder(endpoint.names(), TABLE_BYTES);
        requests = new OpenRequests(endpoint.names());
        streams = new StreamRules(endpoint.streamsMax());
        answers = new AnswerRelease(out);
        window = new ReceiveWindow(out);
        settings = new ClientSettings(answers);
    }

    /** Tells the client what it may do. */
    void start() {
        out.settings(ClientSettings.STREAMS_MAX, streams.granted(), ClientSettings.HEADER_LIST_MAX, LIST_BYTES_MAX);
        window.start();
    }

    /** Requests are about to come whose answers are due at {@code due}. */
    void begin(long due) {
        dueNanos = due;
        endpoint.begin();
    }

    /** Writes the answers that are due, and what has changed of the client's rights. */
    void release(long nowNanos) {
        streams.ended(answers.release(nowNanos));
        if (streams.grant(endpoint.streamsMax())) {
            out.settings(ClientSettings.STREAMS_MAX, streams.granted());
        }
    }

    /** Whether GOAWAY was said and all that it promised is done. */
    boolean isDone() {
        return streams.isGoingAway() && streams.active() == 0;
    }

    HeldAnswers held() {
        return answers.held();
    }

    /** Says goodbye: the streams up to the last one were seen. */
    void goAway(Http2Error code) {
        out.goAway(streams.lastPromised(), code);
    }

    @Override
    public void endOfBytes() {
        requests.endOfBytes();
    }

    @Override
    public void frame(byte[] bytes, int at) throws Http2Fault {
        int type = Frame.type(bytes, at);
        int stream = Frame.stream(bytes, at);
        int payload = at + Frame.HEADER_BYTES;
        int length = Frame.payloadLength(bytes, at);
        if (continuedStream != 0 && (type != Frame.CONTINUATION || stream != continuedStream)) {
            throw Http2Fault.protocol("header block must continue in the next frame");
        }
        if (!settingsRead && (type != Frame.SETTINGS || (Frame.flags(bytes, at) & Frame.ACK) != 0)) {
            throw Http2Fault.protocol("SETTINGS must come first");
        }
        switch (type) {
            case Frame.DATA -> data(bytes, at);
            case Frame.HEADERS -> headers(bytes, at);
            case Frame.PRIORITY -> priority(stream, bytes, payload, length);
            case Frame.RST_STREAM -> {
                streams.requireOpened(stream, "RST_STREAM");
                StreamRules.requireLength(length, Integer.BYTES, "RST_STREAM");
                forget(stream);
            }
            case Frame.SETTINGS -> settings(bytes, at);
            case Frame.PUSH_PROMISE -> throw Http2Fault.protocol("clients must not push");
            case Frame.PING -> ping(bytes, at);
            case Frame.GOAWAY -> StreamRules.requireConnection(stream, "GOAWAY");
            case Frame.WINDOW_UPDATE -> windowUpdate(stream, bytes, payload, length);
            case Frame.CONTINUATION -> continuation(bytes, at);
            default -> {
                // of an extension that we do not know: to be ignored
            }
        }
    }

    private void headers(byte[] bytes, int at) throws Http2Fault {
        int stream = Frame.stream(bytes, at);
        int flags = Frame.flags(bytes, at);
        int from = at + Frame.HEADER_BYTES;
        int end = from + Frame.payloadLength(bytes, at);
        if (stream == 0) {
            throw Http2Fault.protocol("HEADERS must be on a stream");
        }
        if ((flags & Frame.PADDED) != 0) {
            end -= padding(bytes, from, end);
            from++;
        }
        if ((flags & Frame.WITH_PRIORITY) != 0) {
            if (end - from < 5) {
                throw Http2Fault.size("HEADERS must hold the priority that they announce");
            }
            if (Frame.number31(bytes, from) == stream) {
                throw Http2Fault.protocol("stream must not depend on itself");
            }
            from += 5;
        }
        boolean endStream = (flags & Frame.END_STREAM) != 0;
        if ((flags & Frame.END_HEADERS) != 0) {
            block(stream, endStream, bytes, from, end);
        } else {
            continuedStream = stream;
            continuedEndsStream = endStream;
            blockLength = 0;
            gather(bytes, from, end);
        }
    }

    private void continuation(byte[] bytes, int at) throws Http2Fault {
        int stream = continuedStream;
        if (stream == 0) {
            throw Http2Fault.protocol("CONTINUATION must follow HEADERS");
        }
        int from = at + Frame.HEADER_BYTES;
        gather(bytes, from, from + Frame.payloadLength(bytes, at));
        if ((Frame.flags(bytes, at) & Frame.END_HEADERS) != 0) {
            continuedStream = 0;
            block(stream, continuedEndsStream, block, 0, blockLength);
            requests.endOfBytes(); // the next block is gathered in the same array
        }
    }

    private void gather(byte[] bytes, int from, int end) throws Http2Fault {
        int length = blockLength + end - from;
        if (length > BLOCK_BYTES_MAX) {
            throw new Http2Fault(
                    Http2Error.ENHANCE_YOUR_CALM, "header block must have at most " + BLOCK_BYTES_MAX + " bytes");
        }
        if (block.length < length) {
            block = Arrays.copyOf(block, Math.max(2 * block.length, length));
        }
        System.arraycopy(bytes, from, block, blockLength, end - from);
        blockLength = length;
    }

    /** A whole header block: of a new request, or behind the body of an old one. */
    private void block(int stream, boolean endStream, byte[] bytes, int from, int end) throws Http2Fault {
        if (stream <= streams.last()) {
            trailers(stream, endStream, bytes, from, end);
            return;
        }
        if (!streams.open(stream)) {
            decode(bytes, from, end, new PassedOver());
            if (streams.isGoingAway()) {
                streams.reset(stream); // the client knows already, or will in a moment
            } else {
                reset(stream, Http2Error.REFUSED_STREAM);
            }
            return;
        }
        ProviderRequest request = requests.open(stream, ReceiveWindow.STREAM_BYTES);
        decode(bytes, from, end, request);
        if (request.headIsMalformed() || fields.listSize() > LIST_BYTES_MAX) {
            refuse(request, Http2Error.PROTOCOL_ERROR);
        } else if (endStream) {
            answer(request);
        }
    }

    private void trailers(int stream, boolean endStream, byte[] bytes, int from, int end) throws Http2Fault {
        ProviderRequest request = requests.find(stream);
        var trailers = new PassedOver();
        decode(bytes, from, end, trailers);
        if (request == null) {
            if (!streams.wasReset(stream)) {
                throw new Http2Fault(Http2Error.STREAM_CLOSED, "HEADERS must not follow the end of their stream");
            }
        } else if (!endStream || trailers.anyPseudo()) {
            refuse(request, Http2Error.PROTOCOL_ERROR);
        } else {
            answer(request);
        }
    }

    private void decode(byte[] bytes, int from, int end, FieldSink sink) throws Http2Fault {
        try {
            fields.decode(bytes, from, end, sink);
        } catch (HpackFault e) {
            throw new Http2Fault(Http2Error.COMPRESSION_ERROR, String.valueOf(e.getMessage()));
        }
    }

    private void data(byte[] bytes, int at) throws Http2Fault {
        int stream = Frame.stream(bytes, at);
        int flags = Frame.flags(bytes, at);
        int from = at + Frame.HEADER_BYTES;
        int length = Frame.payloadLength(bytes, at);
        int end = from + length;
        streams.requireOpened(stream, "DATA");
        window.received(length);
        if ((flags & Frame.PADDED) != 0) {
            end -= padding(bytes, from, end);
            from++;
        }
        ProviderRequest request = requests.find(stream);
        if (request == null) {
            if (!streams.wasReset(stream)) {
                reset(stream, Http2Error.STREAM_CLOSED);
            }
            return;
        }
        boolean endStream = (flags & Frame.END_STREAM) != 0;
        if (!window.received(request, length, endStream)) {
            refuse(request, Http2Error.FLOW_CONTROL_ERROR);
            return;
        }
        if (endStream && request.length() == 0) {
            request.lendBody(bytes, from, end - from);
        } else {
            request.addBody(bytes, from, end - from, endpoint.bodyMax());
        }
        if (endStream) {
            answer(request);
        }
    }

    /** The padding of the frame {@code bytes[from, end)}, whose first byte says its length. */
    private static int padding(byte[] bytes, int from, int end) throws Http2Fault {
        if (from == end) {
            throw Http2Fault.size("padded frame must say how much");
        }
        int padding = bytes[from] & 0xff;
        if (padding >= end - from) {
            throw Http2Fault.protocol("padding must be shorter than its frame");
        }
        return padding;
    }

    private void answer(ProviderRequest request) {
        if (request.lengthIsWrong()) {
            refuse(request, Http2Error.PROTOCOL_ERROR);
            return;
        }
        requests.close(request);
        int stream = request.stream();
        ProviderAnswer answer = endpoint.answer(request);
        switch (answer.fate()) {
            case ANSWERED -> answers.held().add(stream, answer, dueNanos);
            case REFUSED -> {
                streams.ended(1);
                reset(stream, Http2Error.REFUSED_STREAM);
            }
            case SILENT -> streams.silence(stream);
        }
        if (++judged >= endpoint.requestsMax() && !streams.isGoingAway()) {
            streams.goAway();
            out.goAway(streams.last(), Http2Error.NO_ERROR);
        }
    }

    private void refuse(ProviderRequest request, Http2Error code) {
        requests.close(request);
        streams.ended(1);
        reset(request.stream(), code);
    }

    private void reset(int stream, Http2Error code) {
        streams.reset(stream);
        out.reset(stream, code);
    }

    /** The client has reset a stream. */
    private void forget(int stream) {
        ProviderRequest request = requests.find(stream);
        if (request != null) {
            requests.close(request);
            streams.ended(1);
        } else if (answers.held().cancel(stream) || answers.windows().cancel(stream) || streams.unsilence(stream)) {
            streams.ended(1);
        }
    }

    private void priority(int stream, byte[] bytes, int from, int length) throws Http2Fault {
        if (stream == 0) {
            throw Http2Fault.protocol("PRIORITY must be on a stream");
        }
        StreamRules.requireLength(length, 5, "PRIORITY");
        if (Frame.number31(bytes, from) == stream) {
            throw Http2Fault.protocol("stream must not depend on itself");
        }
    }

    private void ping(byte[] bytes, int at) throws Http2Fault {
        StreamRules.requireConnection(Frame.stream(bytes, at), "PING");
        StreamRules.requireLength(Frame.payloadLength(bytes, at), Long.BYTES, "PING");
        if ((Frame.flags(bytes, at) & Frame.ACK) == 0) {
            out.pingAck(bytes, at + Frame.HEADER_BYTES);
        }
    }

    private void windowUpdate(int stream, byte[] bytes, int from, int length) throws Http2Fault {
        StreamRules.requireLength(length, Integer.BYTES, "WINDOW_UPDATE");
        int increment = Frame.number31(bytes, from);
        if (increment == 0) {
            throw Http2Fault.protocol("window must grow by at least 1");
        }
        if (stream == 0) {
            streams.ended(answers.windows().open(increment));
            return;
        }
        streams.requireOpened(stream, "WINDOW_UPDATE");
        if (!answers.windows().openStream(stream, increment)) {
            forget(stream);
            reset(stream, Http2Error.FLOW_CONTROL_ERROR);
        }
        streams.ended(answers.windows().sendWaiting());
    }

    private void settings(byte[] bytes, int at) throws Http2Fault {
        StreamRules.requireConnection(Frame.stream(bytes, at), "SETTINGS");
        int from = at + Frame.HEADER_BYTES;
        int length = Frame.payloadLength(bytes, at);
        if ((Frame.flags(bytes, at) & Frame.ACK) != 0) {
            StreamRules.requireLength(length, 0, "SETTINGS with ACK");
            streams.acknowledged();
            return;
        }
        if (length % 6 != 0) {
            throw Http2Fault.size("SETTINGS must hold whole settings");
        }
        settingsRead = true;
        for (int i = from; i < from + length; i += 6) {
            settings.apply(((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff), Frame.number32(bytes, i + 2));
        }
        out.settingsAck();
        streams.ended(answers.windows().sendWaiting());
    }
}
