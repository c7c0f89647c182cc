package io.broadcaster.sender.provider.http2;

import io.broadcaster.sender.send.BatchTokens;
import java.util.Arrays;

/**
 * Opens the streams of a connection and writes their requests, cutting a body that the peer's windows do not take whole.
 * Confined to the connection's event loop.
 */
final class RequestWriter {
    private final StreamRing streams;
    private final SendWindows windows;
    private final RequestImages images = new RequestImages();
    private final byte[] token = new byte[BatchTokens.TOKEN_MAX];

    RequestWriter(StreamRing streams, SendWindows windows) {
        this.streams = streams;
        this.windows = windows;
    }

    /** The peer's header table is this large from now on. */
    void resizeTable(long bytes) {
        images.resize(bytes);
    }

    /** Writes the request of the attempt's next device. Only while no rest of another is kept. */
    void writeNext(Outbox box, Attempt attempt, int nowMillis) {
        RequestForm form = attempt.form();
        int tokenLength = form.hasToken() ? attempt.copyToken(token) : 0; // may fail: nothing has happened yet
        boolean whole = windows.take(form.bodyLength(tokenLength));
        RequestImage image = images.next(form, tokenLength);
        int stream = streams.open(attempt, attempt.next(), nowMillis);
        int at = box.reserve(image.length());
        image.write(box.bytes(), at, stream, token, attempt.ordinal());
        if (!whole) {
            int bodyAt = at + image.headLength() + Frames.HEAD;
            byte[] body = Arrays.copyOfRange(box.bytes(), bodyAt, at + image.length());
            box.cut(image.length() - image.headLength());
            windows.keep(stream, body);
            writeRest(box);
        }
        attempt.start();
    }

    /** Writes as much of a cut body as the windows take now. */
    void writeRest(Outbox box) {
        for (int part = windows.sendable(); part > 0; part = windows.sendable()) {
            SendWindows.Rest rest = windows.rest();
            if (rest == null) {
                return;
            }
            boolean last = part == rest.left();
            int at = box.reserve(Frames.HEAD + part);
            Frames.head(box.bytes(), at, part, Frames.DATA, last ? Frames.END_STREAM : 0, rest.stream);
            System.arraycopy(rest.body, rest.at, box.bytes(), at + Frames.HEAD, part);
            windows.sent(part);
        }
    }
}
