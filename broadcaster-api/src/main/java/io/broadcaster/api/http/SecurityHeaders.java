package io.broadcaster.api.http;

import com.linecorp.armeria.common.ResponseHeadersBuilder;

/** What every response says to browsers: this is data, for nobody else's page, and not to be kept. */
final class SecurityHeaders {
    private SecurityHeaders() {}

    static void addTo(ResponseHeadersBuilder headers) {
        headers.set("x-content-type-options", "nosniff");
        headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
        headers.set("cross-origin-resource-policy", "same-origin");
        headers.set("referrer-policy", "no-referrer");
        headers.set("cache-control", "no-store");
    }
}
