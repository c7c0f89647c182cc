package io.broadcaster.loader.check;

import io.broadcaster.audience.LoadProgress.RejectedRow;
import io.broadcaster.audience.UserId;

/** A row of the audience after the check. */
public sealed interface Row {
    /** A user that was asked for. */
    record User(UserId user) implements Row {}

    /** A row that names no user. */
    record Malformed(RejectedRow rejected) implements Row {}
}
