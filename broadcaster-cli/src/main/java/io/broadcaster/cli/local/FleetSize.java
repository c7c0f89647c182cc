package io.broadcaster.cli.local;

import io.broadcaster.campaign.InvalidInput;

/** How many workers of each tier run; from 1 to {@value #WORKERS_MAX} each. */
public record FleetSize(int fanouts, int senders) {
    /** Two of each: enough to see that they share the work. */
    public static final FleetSize PAIRS = new FleetSize(2, 2);

    private static final int WORKERS_MAX = 64;

    public FleetSize {
        require("fan-out workers", fanouts);
        require("senders", senders);
    }

    private static void require(String what, int workers) {
        if (workers < 1 || workers > WORKERS_MAX) {
            throw new InvalidInput(what, "must be from 1 to " + WORKERS_MAX, workers);
        }
    }
}
