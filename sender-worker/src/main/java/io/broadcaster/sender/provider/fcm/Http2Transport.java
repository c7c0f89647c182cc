package io.broadcaster.sender.provider.fcm;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * The Google libraries' transport over java.net.http, which keeps one HTTP/2 connection per client and origin: one client
 * is one lane of {@code streamsPerConnection} requests at once. Requests for Google's host go to the configured endpoint,
 * all others (the token endpoint) where they say, on a lane of their own. Safe for any thread; blocks its caller.
 */
final class Http2Transport extends HttpTransport {
    private static final String GOOGLE_HOST = "fcm.googleapis.com";
    private static final int UNAVAILABLE = 503;

    /** java.net.http sets these itself and refuses them from outside. */
    private static final Set<String> OWN_HEADERS = Set.of("content-length", "host", "connection", "accept-encoding");

    private final FcmConfig config;
    private final List<Http2Lane> lanes = new ArrayList<>();
    private final HttpClient tokenClient;
    private final AtomicInteger next = new AtomicInteger();

    Http2Transport(FcmConfig config, Optional<SSLContext> trust, Executor executor) {
        this.config = config;
        for (int i = 0; i < config.libraryConnections(); i++) {
            lanes.add(new Http2Lane(client(config, trust, executor), config));
        }
        tokenClient = client(config, trust, executor);
    }

    private static HttpClient client(FcmConfig config, Optional<SSLContext> trust, Executor executor) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .connectTimeout(config.connectTimeout())
                .executor(executor);
        trust.ifPresent(builder::sslContext);
        return builder.build();
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        URI uri = URI.create(url);
        return new Request(method, uri);
    }

    @Override
    public void shutdown() {
        lanes.forEach(Http2Lane::shutdown);
        tokenClient.shutdownNow();
    }

    /** Lanes with an open connection. */
    int openLanes() {
        return (int) lanes.stream().filter(Http2Lane::open).count();
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) throws ExchangeFailure {
        Http2Lane lane = lane();
        try {
            HttpResponse<byte[]> response = lane.exchange(request);
            if (response.statusCode() == UNAVAILABLE) {
                throw ExchangeFailure.unavailable();
            }
            return response;
        } finally {
            lane.streams().release();
        }
    }

    /** A lane with a free stream, the lanes in turn; there is one, as the sender's own bound is the sum of the lanes'. */
    private Http2Lane lane() {
        int first = next.getAndIncrement();
        for (int i = 0; i < lanes.size(); i++) {
            Http2Lane lane = lanes.get(Math.floorMod(first + i, lanes.size()));
            if (lane.streams().tryAcquire()) {
                return lane;
            }
        }
        Http2Lane lane = lanes.get(Math.floorMod(first, lanes.size()));
        lane.streams().acquireUninterruptibly();
        return lane;
    }

    private final class Request extends LowLevelHttpRequest {
        private final HttpRequest.Builder request;
        private final String method;
        private final boolean toFcm;

        Request(String method, URI uri) {
            this.method = method;
            toFcm = GOOGLE_HOST.equals(uri.getHost());
            request = HttpRequest.newBuilder(toFcm ? config.endpoint().resolve(uri.getRawPath()) : uri);
        }

        @Override
        public void addHeader(String name, String value) {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                request.header(name, value);
            }
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            var body = new ByteArrayOutputStream();
            if (getStreamingContent() != null) {
                getStreamingContent().writeTo(body);
            }
            if (getContentType() != null) {
                request.header("content-type", getContentType());
            }
            if (getContentEncoding() != null) {
                request.header("content-encoding", getContentEncoding());
            }
            HttpRequest ready = request.method(method, HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                    .build();
            return new Http2Response(
                    toFcm ? exchange(ready) : Http2Lane.await(tokenClient, ready, config.requestTimeout()));
        }
    }
}
