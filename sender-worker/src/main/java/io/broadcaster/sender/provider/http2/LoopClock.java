package io.broadcaster.sender.provider.http2;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The time on a loop: milliseconds since its start for durations, which no change of the clock moves, and the clock itself. */
final class LoopClock {
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final long startNanos;

    LoopClock(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        startNanos = nanoTime.getAsLong();
    }

    /** Milliseconds since the start; 24 days until it wraps, and differences hold beyond. */
    int millis() {
        return (int) TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - startNanos);
    }

    Instant now() {
        return clock.instant();
    }
}
