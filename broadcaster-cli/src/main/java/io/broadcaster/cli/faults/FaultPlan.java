package io.broadcaster.cli.faults;

import io.broadcaster.campaign.InvalidInput;
import java.util.OptionalInt;

/**
 * How much of each row: {@code kills} of row 11, from {@code firstSeed} on, over campaigns of {@code devices}, by senders that
 * have {@code batchesInFlight}; without it each draws a small number of its own.
 */
record FaultPlan(int kills, long firstSeed, long devices, OptionalInt batchesInFlight) {
    private static final int KILLS_MAX = 100_000;
    private static final long DEVICES_MIN = 1_000;
    private static final long DEVICES_MAX = 1_000_000;

    FaultPlan {
        require("--kills", kills, 1, KILLS_MAX);
        require("--devices", devices, DEVICES_MIN, DEVICES_MAX);
    }

    private static void require(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidInput(option, "must be from " + least + " to " + most, value);
        }
    }
}
