package io.broadcaster.campaign;

import java.time.Instant;

/** How far the slices of a launch have been put into tier 1. {@code ordinal} counts dispatches; 0 is the first. */
public sealed interface Dispatch {
    /** The number of this dispatch; senders consult the ledger first from 1 on. */
    int ordinal();

    /** Not all slices are known to be in the queue; whoever finds it so after {@code since} plus a grace sends them again. */
    record Pending(int ordinal, Instant since) implements Dispatch {}

    /** Every slice is in the queue. */
    record Sent(int ordinal, Instant at) implements Dispatch {}
}
