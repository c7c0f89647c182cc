package io.broadcaster.loader.read;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Gzip of one or more members, strictly: the JDK's stream takes a damaged head of a second member for the end of the file,
 * and its users would be lost without a word. Confined to one thread; a broken file is an {@link IOException}.
 */
final class GzipStream extends InputStream {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int DEFLATED = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private boolean inMember;

    GzipStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (inMember || startMember()) {
                int count = inflater.inflate(into, offset, length);
                if (count > 0) {
                    crc.update(into, offset, count);
                    return count;
                }
                if (inflater.finished()) {
                    endMember();
                } else if (inflater.needsDictionary()) {
                    throw new IOException("a preset dictionary is asked for");
                } else {
                    feed();
                }
            }
            return -1;
        } catch (DataFormatException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private boolean startMember() throws IOException {
        if (position == limit && !fill()) {
            return false;
        }
        if (next() != 0x1f || next() != 0x8b || next() != DEFLATED) {
            throw new IOException("no gzip member where one must start");
        }
        int flags = next();
        if ((flags & RESERVED) != 0) {
            throw new IOException("unknown flags in the head of a member");
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        crc.reset();
        inflater.setInput(buffer, position, limit - position);
        inMember = true;
        return true;
    }

    private void endMember() throws IOException {
        position = limit - inflater.getRemaining();
        if (little32() != crc.getValue() || little32() != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw new IOException("checksum or length of a member is wrong");
        }
        inMember = false;
    }

    private void feed() throws IOException {
        if (!fill()) {
            throw new EOFException("the file ends within a member");
        }
        inflater.setInput(buffer, 0, limit);
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(in.read(buffer, 0, buffer.length), 0);
        return limit > 0;
    }

    private int next() throws IOException {
        if (position == limit && !fill()) {
            throw new EOFException("the file ends within a head or tail of a member");
        }
        return buffer[position++] & 0xff;
    }

    private long little32() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        int character;
        do {
            character = next();
        } while (character != 0);
    }
}
