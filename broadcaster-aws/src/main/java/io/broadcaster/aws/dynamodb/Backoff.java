package io.broadcaster.aws.dynamodb;

import io.broadcaster.campaign.StoreException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pauses between repeats of a batch call that DynamoDB answered in part: random within a window that doubles up to a
 * second (full jitter), ten repeats at most. Safe for any thread.
 */
final class Backoff {
    static final int REPEATS_MAX = 10;
    private static final Duration FIRST_WINDOW = Duration.ofMillis(20);
    private static final Duration WINDOW_MAX = Duration.ofSeconds(1);

    private final RandomGenerator random;
    private final Pause pause;

    /** Lets the calling thread wait. */
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    Backoff(RandomGenerator random, Pause pause) {
        this.random = random;
        this.pause = pause;
    }

    /** Waits before repeat {@code repeat} (from 1); {@link StoreException} when there were enough. */
    void before(int repeat, String operation) {
        if (repeat > REPEATS_MAX) {
            throw new StoreException(operation + " was still answered in part after " + REPEATS_MAX + " repeats");
        }
        long window = Math.min(FIRST_WINDOW.toNanos() << (repeat - 1), WINDOW_MAX.toNanos());
        try {
            pause.of(Duration.ofNanos(random.nextLong(window)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(operation + " was interrupted", e);
        }
    }
}
