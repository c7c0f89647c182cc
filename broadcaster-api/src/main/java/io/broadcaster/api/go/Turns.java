package io.broadcaster.api.go;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.task.WaitingClock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Presses of one campaign in one process take turns: the first of many that come at once has the cores until its launch is
 * written, and the others then read it where they would all have written in vain. A turn is a courtesy, not a guard: who has
 * waited {@link #WAIT_MAX} goes anyway, because a store that leaves one presser without an answer may answer the next. Any thread.
 */
final class Turns {
    /** How long a press waits for the one before it. */
    static final Duration WAIT_MAX = Duration.ofMillis(500);

    /** Campaigns share a turn when their ids' hashes agree in this: they wait for each other for no more than {@link #WAIT_MAX}. */
    private static final int STRIPES = 64;

    private final WaitingClock clock;
    private final Semaphore[] turns =
            Stream.generate(() -> new Semaphore(1)).limit(STRIPES).toArray(Semaphore[]::new);

    Turns(WaitingClock clock) {
        this.clock = clock;
    }

    /** Does the step when it is the caller's turn. */
    <T> T take(CampaignId id, Supplier<T> step) {
        Semaphore turn = turns[Math.floorMod(id.hashCode(), STRIPES)];
        boolean mine = await(turn);
        try {
            return step.get();
        } finally {
            if (mine) {
                turn.release();
            }
        }
    }

    private boolean await(Semaphore turn) {
        try {
            return clock.acquire(turn, 1, WAIT_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
