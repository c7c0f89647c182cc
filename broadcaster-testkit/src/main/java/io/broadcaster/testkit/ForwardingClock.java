package io.broadcaster.testkit;

import io.broadcaster.task.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A clock and its waits; a test overrides the one that it wants to watch or to shorten. As safe for threads as the clock. */
public abstract class ForwardingClock implements WaitingClock {
    private final WaitingClock clock;

    protected ForwardingClock(InstantSource clock) {
        this.clock = WaitingClock.of(clock);
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        clock.sleep(pause);
    }

    @Override
    public boolean await(CountDownLatch latch, Duration atMost) throws InterruptedException {
        return clock.await(latch, atMost);
    }

    @Override
    public boolean acquire(Semaphore semaphore, int permits, Duration atMost) throws InterruptedException {
        return clock.acquire(semaphore, permits, atMost);
    }

    @Override
    public void park(Object blocker, Duration atMost) {
        clock.park(blocker, atMost);
    }
}
