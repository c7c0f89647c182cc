package io.broadcaster.loadtest.provider.wire;

import io.broadcaster.loadtest.provider.hpack.FieldNames;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Requests of tests, made by changing a good one. */
@SuppressWarnings("ArrayRecordComponent") // a test's body, never compared
public record Requests(String method, String path, Map<String, String> headers, byte[] body) {
    public Requests {
        headers = Map.copyOf(headers);
    }

    public Requests withMethod(String other) {
        return new Requests(other, path, headers, body);
    }

    public Requests withPath(String other) {
        return new Requests(method, other, headers, body);
    }

    public Requests with(String name, String value) {
        var changed = new HashMap<>(headers);
        changed.put(name, value);
        return new Requests(method, path, changed, body);
    }

    public Requests without(String name) {
        var changed = new HashMap<>(headers);
        changed.remove(name);
        return new Requests(method, path, changed, body);
    }

    public Requests withBody(String text) {
        return new Requests(method, path, headers, text.getBytes(StandardCharsets.UTF_8));
    }

    public ProviderRequest build(FieldNames names) {
        var request = new ProviderRequest(names);
        names.field(":method", method, request);
        names.field(":scheme", "https", request);
        names.field(":path", path, request);
        headers.forEach((name, value) -> names.field(name, value, request));
        request.lendBody(body, 0, body.length);
        return request;
    }

    /** The request with this body. */
    public static ProviderRequest withBody(ProviderRequest request, byte[] body) {
        request.lendBody(body, 0, body.length);
        return request;
    }
}
