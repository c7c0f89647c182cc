package io.broadcaster.sender.provider;

import io.broadcaster.sender.send.BatchRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The bound of requests without an answer at one provider. Waiting for a permit ends when the batch may not start
 * requests any more, or after {@code waitMax}. Safe for any thread.
 */
public final class RequestPermits {
    private static final long LOOK_MILLIS = 50;

    private final int outstandingMax;
    private final Duration waitMax;
    private final InstantSource clock;
    private final Semaphore permits;

    public RequestPermits(int outstandingMax, Duration waitMax, InstantSource clock) {
        this.outstandingMax = outstandingMax;
        this.waitMax = waitMax;
        this.clock = clock;
        permits = new Semaphore(outstandingMax);
    }

    /** What became of the wish to start one request. */
    public enum Permit {
        /** Start it, and {@link #release} when it is answered. */
        GRANTED,
        /** The batch was withdrawn, or this thread interrupted. */
        WITHDRAWN,
        /** The provider answers too slowly: nothing came free in time. */
        NONE_FREE
    }

    /** Takes a permit for one request of the batch. */
    public Permit acquire(BatchRequest batch) {
        if (!batch.mayStart(clock.instant())) {
            return Permit.WITHDRAWN;
        }
        if (permits.tryAcquire()) {
            return Permit.GRANTED;
        }
        long deadline = clock.millis() + waitMax.toMillis();
        while (clock.millis() < deadline) {
            try {
                if (permits.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return Permit.GRANTED;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Permit.WITHDRAWN;
            }
            if (!batch.mayStart(clock.instant())) {
                return Permit.WITHDRAWN;
            }
        }
        return Permit.NONE_FREE;
    }

    /** Gives a permit back. */
    public void release() {
        permits.release();
    }

    /** Requests without an answer. */
    public int outstanding() {
        return outstandingMax - permits.availablePermits();
    }

    /** The bound. */
    public int outstandingMax() {
        return outstandingMax;
    }
}
