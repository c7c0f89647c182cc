package io.broadcaster.cli.faults;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The providers' clock, which a row may put forward: tokens age at once. Safe for any thread. */
final class ShiftedClock implements InstantSource {
    private final InstantSource real;
    private volatile Duration ahead = Duration.ZERO;

    ShiftedClock(InstantSource real) {
        this.real = real;
    }

    void ahead(Duration time) {
        ahead = time;
    }

    @Override
    public Instant instant() {
        return real.instant().plus(ahead);
    }
}
