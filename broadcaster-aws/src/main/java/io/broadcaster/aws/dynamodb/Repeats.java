package io.broadcaster.aws.dynamodb;

import io.broadcaster.campaign.StoreException;
import io.broadcaster.task.Backoff;
import io.broadcaster.task.WaitingClock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The repeats of one call that DynamoDB answered in part: a pause before each, ten at most. Confined to one thread. */
final class Repeats {
    static final int MAX = 10;
    static final Duration PAUSE_MOST = Duration.ofSeconds(1);
    private static final Duration PAUSE_FIRST = Duration.ofMillis(20);

    private final String operation;
    private final WaitingClock clock;
    private final Backoff backoff;
    private int made;

    /** What all pauses are made with. */
    record Pauses(RandomGenerator random, WaitingClock clock) {}

    Repeats(String operation, Pauses pauses) {
        this.operation = operation;
        this.clock = pauses.clock();
        this.backoff = new Backoff(pauses.random(), PAUSE_FIRST, PAUSE_MOST);
    }

    /** Waits before the next one; {@link StoreException} when there were enough. */
    void pause() {
        if (++made > MAX) {
            throw new StoreException(operation + " was still answered in part after " + MAX + " repeats");
        }
        try {
            clock.sleep(backoff.next());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(operation + " was interrupted", e);
        }
    }
}
