package io.broadcaster.cli.loadtest;

import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.cli.local.FleetSize;
import io.broadcaster.config.Settings;
import java.time.Duration;

/** One load test: {@code runs} launches to so many devices, each after a warm-up launch on a stack of its own. */
record BlastPlan(
        long ios,
        long android,
        Duration rtt,
        PushKind kind,
        FleetSize size,
        boolean processes,
        int runs,
        long warmUpDevices,
        long seed,
        Settings settings) {
    private static final long DEVICES_MAX = 100_000_000;
    private static final int RUNS_MAX = 1_000;

    BlastPlan {
        require("--ios", ios, 0, DEVICES_MAX);
        require("--android", android, 0, DEVICES_MAX);
        require("--ios and --android together", ios + android, 1, DEVICES_MAX);
        require("--runs", runs, 1, RUNS_MAX);
        require("--warmup", warmUpDevices, 0, DEVICES_MAX);
    }

    long devices() {
        return ios + android;
    }

    /** Warm-up devices in the proportion of the platforms. */
    long warmUpIos() {
        return Math.round((double) warmUpDevices * ios / devices());
    }

    private static void require(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidInput(option, "must be from " + least + " to " + most, value);
        }
    }
}
