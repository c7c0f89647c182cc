package io.broadcaster.task;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that double from {@code first} to {@code most}, each drawn from its upper half so that many callers spread out.
 * Confined to one thread at a time.
 */
public final class Backoff {
    private final RandomGenerator random;
    private final Duration first;
    private final Duration most;
    private Duration ceiling;

    public Backoff(RandomGenerator random, Duration first, Duration most) {
        this.random = random;
        this.first = first;
        this.most = most;
        this.ceiling = first;
    }

    /** The next pause: longer than the last one on average, never longer than {@code most}. */
    public Duration next() {
        long nanos = ceiling.toNanos();
        Duration doubled = ceiling.multipliedBy(2);
        ceiling = doubled.compareTo(most) < 0 ? doubled : most;
        return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
    }

    /** It went well: the next pause is a first one again. */
    public void reset() {
        ceiling = first;
    }
}
