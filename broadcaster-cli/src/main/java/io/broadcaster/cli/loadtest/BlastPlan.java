package io.broadcaster.cli.loadtest;

import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.cli.local.FleetSize;
import io.broadcaster.config.Settings;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import java.time.Duration;
import java.util.Optional;

/** One load test: {@code runs} launches to so many devices, each after a warm-up launch on a stack of its own. */
record BlastPlan(
        Devices devices,
        Duration rtt,
        Optional<Duration> androidRtt,
        PushKind kind,
        FleetSize size,
        boolean processes,
        int runs,
        long warmUpDevices,
        Settings settings) {
    private static final long DEVICES_MAX = 100_000_000;
    private static final int RUNS_MAX = 1_000;

    BlastPlan {
        require("--runs", runs, 1, RUNS_MAX);
        require("--warmup", warmUpDevices, 0, DEVICES_MAX);
    }

    /** How many of each; the same seed makes the same devices. */
    record Devices(long ios, long android, long seed) {
        Devices {
            require("--ios", ios, 0, DEVICES_MAX);
            require("--android", android, 0, DEVICES_MAX);
            require("--ios and --android together", ios + android, 1, DEVICES_MAX);
        }

        long total() {
            return ios + android;
        }

        SyntheticAudience audience() {
            return new SyntheticAudience(ios, android, seed);
        }
    }

    /** Other devices for the warm-up before a run, in the proportion of the platforms. */
    SyntheticAudience warmUpAudience(int run) {
        long ios = Math.round((double) warmUpDevices * devices.ios() / devices.total());
        return new SyntheticAudience(ios, warmUpDevices - ios, devices.seed() - run);
    }

    private static void require(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidInput(option, "must be from " + least + " to " + most, value);
        }
    }
}
