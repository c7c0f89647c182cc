package io.broadcaster.loadtest.provider.wire;

import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** The headers of one request under lower-case names. */
@FunctionalInterface
public interface HeaderLookup {
    /** The first value, or null when the header is absent. */
    @Nullable CharSequence get(AsciiString name);
}
