package io.broadcaster.loader.store;

import org.jspecify.annotations.Nullable;

/** A work segment is damaged or of another version: the load must start anew. */
public final class BrokenWorkException extends RuntimeException {
    BrokenWorkException(String key, @Nullable Throwable cause) {
        super("work segment " + key + " must be whole and of this version", cause);
    }
}
