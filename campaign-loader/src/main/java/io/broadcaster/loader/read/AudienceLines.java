package io.broadcaster.loader.read;

import io.broadcaster.audience.ObjectStore;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The lines of a stored audience, streamed in constant memory: no line is kept beyond {@link #ROW_BYTES_MAX}, however long
 * it is. Confined to one thread. A broken file is an
 * {@link io.broadcaster.campaign.InvalidInput}, a failing store an {@link ObjectStore.ObjectStoreException}.
 */
public final class AudienceLines implements AutoCloseable {
    /** Longest row: 64 KiB. A user id has at most 128 characters; a CSV row may have other columns. */
    public static final int ROW_BYTES_MAX = 64 << 10;

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int SHOWN_CHARACTERS = 80;
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final StoredBytes source;
    private final InputStream in;
    private final long rowsMax;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final byte[] row = new byte[ROW_BYTES_MAX];
    private int position;
    private int limit;
    private int rowLength;
    private boolean tooLong;
    private long number;

    private AudienceLines(StoredBytes source, InputStream in, long rowsMax) {
        this.source = source;
        this.in = in;
        this.rowsMax = rowsMax;
    }

    /** Opens the audience and checks its compression. */
    public static AudienceLines open(ObjectStore objects, AudienceSource.Stored stored, ReadLimits limits) {
        var source = new StoredBytes(objects, stored);
        try {
            return new AudienceLines(
                    source, Decompression.open(source, stored.compression(), limits), limits.rowsMax());
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** The next line, or empty at the end. */
    public Optional<RawRow> next() throws IOException {
        rowLength = 0;
        tooLong = false;
        boolean any = false;
        while (position < limit || fill()) {
            any = true;
            int end = lineEnd();
            keep(end);
            boolean ended = end < limit;
            position = ended ? end + 1 : end;
            if (ended) {
                return Optional.of(row());
            }
        }
        return any ? Optional.of(row()) : Optional.empty();
    }

    /** Bytes of the stored object fetched so far. */
    public long bytesRead() {
        return source.count();
    }

    /** At the end: whether all of the object was there, as the campaign says. */
    public void requireWhole() {
        source.requireWhole();
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new ObjectStore.ObjectStoreException("cannot close the audience", e);
        }
        source.close();
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(in.read(buffer, 0, buffer.length), 0);
        return limit > 0;
    }

    private int lineEnd() {
        int end = position;
        while (end < limit && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private void keep(int end) {
        int count = Math.min(end - position, row.length - rowLength);
        System.arraycopy(buffer, position, row, rowLength, count);
        rowLength += count;
        tooLong |= count < end - position;
    }

    private RawRow row() {
        number++;
        if (number > rowsMax) {
            throw new InvalidInput("audience", "must have at most " + rowsMax + " rows", "more");
        }
        if (tooLong) {
            return new RawRow.Unreadable(number, "must have at most " + ROW_BYTES_MAX + " bytes", shown());
        }
        int length = rowLength > 0 && row[rowLength - 1] == '\r' ? rowLength - 1 : rowLength;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(row, 0, length))
                    .toString();
            boolean marked = number == 1 && text.startsWith(BYTE_ORDER_MARK);
            return new RawRow.Text(number, marked ? text.substring(BYTE_ORDER_MARK.length()) : text);
        } catch (CharacterCodingException e) {
            return new RawRow.Unreadable(number, "must be UTF-8", shown());
        }
    }

    private String shown() {
        String start = new String(row, 0, Math.min(rowLength, 4 * SHOWN_CHARACTERS), StandardCharsets.UTF_8);
        return start.substring(0, Math.min(start.length(), SHOWN_CHARACTERS));
    }
}
