package io.broadcaster.api.go;

import io.broadcaster.task.WaitingClock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The wait before a failed call is repeated. */
@FunctionalInterface
public interface Backoff {
    /** Blocks the calling (virtual) thread; {@code attempt} counts from 1. */
    void pause(int attempt) throws InterruptedException;

    /** Full jitter: a random time below {@code first}, doubled per attempt, at most {@code longest}. */
    static Backoff jittered(Duration first, Duration longest, RandomGenerator random, WaitingClock clock) {
        return attempt -> {
            long ceiling = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
            clock.sleep(Duration.ofMillis(random.nextLong(ceiling) + 1));
        };
    }
}
