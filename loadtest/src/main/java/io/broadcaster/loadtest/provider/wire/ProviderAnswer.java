package io.broadcaster.loadtest.provider.wire;

import io.netty.util.AsciiString;

/** One answer; {@code headers} alternates names and values, all lower-case names. The arrays may be shared: never change them. */
@SuppressWarnings("ArrayRecordComponent") // prepared once per reason and shared, never compared
public record ProviderAnswer(int status, AsciiString[] headers, byte[] body) {
    /** No body. */
    public static final byte[] EMPTY = {};
}
