package io.broadcaster.loadtest.provider.wire;

import io.netty.util.AsciiString;

/**
 * One request as read from the wire. {@code body} is lent for the call and holds the first {@code min(length, bodyMax)}
 * bytes; {@code length} counts all that came, so that a rule can refuse what is too long.
 */
@SuppressWarnings("ArrayRecordComponent") // lent by the transport for one call, never compared
public record ProviderRequest(CharSequence method, AsciiString path, HeaderLookup headers, byte[] body, int length) {}
