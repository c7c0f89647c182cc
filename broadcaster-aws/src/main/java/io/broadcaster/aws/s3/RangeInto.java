package io.broadcaster.aws.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Fills a buffer from the answer to a range GET: a heap buffer without a copy, a direct one through the channel's few
 * kilobytes; an object that ends early leaves a rest. A connection that breaks midway rewinds the buffer and lets the SDK ask again.
 */
final class RangeInto implements ResponseTransformer<GetObjectResponse, GetObjectResponse> {
    private final ByteBuffer into;
    private final int start;

    RangeInto(ByteBuffer into) {
        this.into = into;
        this.start = into.position();
    }

    @Override
    public @Nullable GetObjectResponse transform(GetObjectResponse response, AbortableInputStream body) {
        try {
            if (into.hasArray()) {
                fillArray(body);
            } else {
                fillDirect(body);
            }
        } catch (IOException e) {
            into.position(start);
            throw RetryableException.create("the answer broke off", e);
        }
        return response;
    }

    private void fillArray(AbortableInputStream body) throws IOException {
        int offset = into.arrayOffset() + into.position();
        int count = body.readNBytes(into.array(), offset, into.remaining());
        into.position(into.position() + count);
    }

    private void fillDirect(AbortableInputStream body) throws IOException {
        var channel = Channels.newChannel(body);
        int count = 0;
        while (into.hasRemaining() && count >= 0) {
            count = channel.read(into);
        }
    }
}
