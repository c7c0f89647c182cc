package io.broadcaster.sender.provider.http2;

import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.time.Duration;

/**
 * How a burst sender reaches its provider: {@code connections} spread over {@code eventLoops} threads and over all addresses
 * of the endpoint, at most {@code streamsMax} requests at once on each, or fewer where the provider allows fewer.
 * {@code name} is for threads and logs.
 */
public record BurstConfig(
        String name,
        URI endpoint,
        SslContext tls,
        int connections,
        int streamsMax,
        int eventLoops,
        Duration connectTimeout,
        Duration requestTimeout) {
    private static final int HTTPS = 443;

    /** The endpoint's port, or that of HTTPS. */
    int port() {
        return endpoint.getPort() < 0 ? HTTPS : endpoint.getPort();
    }

    /** The bound of requests without an answer. */
    int outstandingMax() {
        return connections * streamsMax;
    }
}
