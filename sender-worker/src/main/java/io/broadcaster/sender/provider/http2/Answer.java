package io.broadcaster.sender.provider.http2;

import java.util.Map;

/** An answer other than a plain success, read in full: header names in lower case, at most {@link #BODY_MAX} bytes of body. */
@SuppressWarnings("ArrayRecordComponent") // read once by the provider's rules, never compared
public record Answer(int status, Map<String, String> headers, byte[] body) {
    /** Providers' errors have some hundred bytes. */
    public static final int BODY_MAX = 16 * 1_024;

    /** {@code 200}. */
    public static final int OK = 200;

    public Answer {
        headers = Map.copyOf(headers);
    }
}
