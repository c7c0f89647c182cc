package io.broadcaster.api.http;

import com.linecorp.armeria.common.ResponseHeadersBuilder;

/** What every response says to browsers: data is for nobody else's page and not to be kept; a page runs our files only. */
final class SecurityHeaders {
    private SecurityHeaders() {}

    static void addTo(ResponseHeadersBuilder headers) {
        headers.set("x-content-type-options", "nosniff");
        headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
        headers.set("cross-origin-resource-policy", "same-origin");
        headers.set("referrer-policy", "no-referrer");
        headers.set("cache-control", "no-store");
    }

    /** No inline script or style, nothing from elsewhere, in nobody's frame; kept, but asked about before each use. */
    static void addPageTo(ResponseHeadersBuilder headers) {
        addTo(headers);
        headers.set(
                "content-security-policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        headers.set("cross-origin-opener-policy", "same-origin");
        headers.set("cache-control", "no-cache");
    }
}
