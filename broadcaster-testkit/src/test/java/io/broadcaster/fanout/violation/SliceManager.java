package io.broadcaster.fanout.violation;

import io.broadcaster.sender.violation.ReadsTheWallClock;
import java.time.Instant;

/** Has a bad name and depends on another process. */
public final class SliceManager {
    /** Reaches into the sender. */
    public Instant reach() {
        return new ReadsTheWallClock().now();
    }
}
