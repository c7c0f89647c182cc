package io.broadcaster.aws.s3;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** The remaining bytes of a buffer as a stream, without a copy; the buffer's own position stays. One thread. */
final class ByteBufferInputStream extends InputStream {
    private final ByteBuffer bytes;

    ByteBufferInputStream(ByteBuffer bytes) {
        this.bytes = bytes.duplicate();
        this.bytes.mark();
    }

    @Override
    public int read() {
        return bytes.hasRemaining() ? Byte.toUnsignedInt(bytes.get()) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, bytes.remaining());
        if (count == 0) {
            return -1;
        }
        bytes.get(into, offset, count);
        return count;
    }

    @Override
    public int available() {
        return bytes.remaining();
    }

    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    public void mark(int readLimit) {
        bytes.mark();
    }

    @Override
    public void reset() {
        bytes.reset();
    }
}
