package io.broadcaster.sender.violation;

import io.broadcaster.fanout.violation.SliceManager;
import java.time.Instant;

/** Takes the time from nowhere, and depends on the package that depends on it. */
public final class ReadsTheWallClock {
    /** Reads the wall clock. */
    public Instant now() {
        return Instant.now();
    }

    /** Closes the cycle. */
    public Class<?> cycle() {
        return SliceManager.class;
    }
}
