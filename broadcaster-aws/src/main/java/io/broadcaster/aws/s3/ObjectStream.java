package io.broadcaster.aws.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object as a stream. Closed before its end it drops the connection, instead of reading millions of bytes for nothing. */
final class ObjectStream extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> body;
    private boolean ended;

    ObjectStream(ResponseInputStream<GetObjectResponse> body) {
        super(body);
        this.body = body;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        ended = next < 0;
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        ended = count < 0;
        return count;
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            super.close();
        } else {
            body.abort();
        }
    }
}
