package io.broadcaster.loadtest.provider.wire;

import io.broadcaster.loadtest.provider.hpack.FieldNames;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one connection whose end has not come. Nearly always it is only the newest, since clients send a request's
 * frames in a row; the others are parked. Requests are reused. Bound: as many as streams are granted.
 */
final class OpenRequests {
    private final FieldNames names;
    private final Map<Integer, ProviderRequest> parked = new HashMap<>();
    private final ArrayDeque<ProviderRequest> spare = new ArrayDeque<>();
    private @Nullable ProviderRequest newest;

    OpenRequests(FieldNames names) {
        this.names = names;
    }

    /** An empty request for a new stream. */
    ProviderRequest open(int stream, int window) {
        ProviderRequest before = newest;
        if (before != null) {
            before.keepSlices();
            parked.put(before.stream(), before);
        }
        ProviderRequest request = spare.poll();
        if (request == null) {
            request = new ProviderRequest(names);
        }
        request.begin(stream, window);
        newest = request;
        return request;
    }

    /** The request of a stream, if it is still to be ended. */
    @Nullable ProviderRequest find(int stream) {
        ProviderRequest request = newest;
        return request != null && request.stream() == stream ? request : parked.get(stream);
    }

    /** Ends a request: it is lent until the next one opens. */
    void close(ProviderRequest request) {
        if (request == newest) {
            newest = null;
        } else {
            parked.remove(request.stream());
        }
        spare.push(request);
    }

    /** The bytes that the newest request may lie in are about to be reused. */
    void endOfBytes() {
        ProviderRequest request = newest;
        if (request != null) {
            request.keepSlices();
        }
    }
}
