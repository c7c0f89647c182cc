package io.broadcaster.task;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A clock together with the timed waits of whoever works by it. Code that waits for a time asks {@link #of} for the waits of
 * the clock it was given: those of the JDK, or those of a simulation, where time passes only when nobody has work to do.
 * Safe for any thread.
 */
public interface WaitingClock extends InstantSource {
    /** The clock itself when it knows how to wait, else that clock with the JDK's waits, which count in real time. */
    static WaitingClock of(InstantSource clock) {
        return clock instanceof WaitingClock waiting ? waiting : new JdkWaits(clock);
    }

    /** Blocks for so long. */
    void sleep(Duration pause) throws InterruptedException;

    /** Blocks until the latch is open; false when {@code atMost} went by first. */
    boolean await(CountDownLatch latch, Duration atMost) throws InterruptedException;

    /** Takes the permits; false when {@code atMost} went by before they were there. */
    boolean acquire(Semaphore semaphore, int permits, Duration atMost) throws InterruptedException;

    /** Parks the calling thread until it is unparked or interrupted, for {@code atMost}, or a few hundredths of a second more. */
    void park(Object blocker, Duration atMost);

    /** Instants of {@code clock}, waits of the JDK. */
    final class JdkWaits implements WaitingClock {
        private final InstantSource clock;
        private final ParkedThreads parked = new ParkedThreads();

        JdkWaits(InstantSource clock) {
            this.clock = clock;
        }

        @Override
        public Instant instant() {
            return clock.instant();
        }

        @Override
        public long millis() {
            return clock.millis();
        }

        @Override
        public void sleep(Duration pause) throws InterruptedException {
            Thread.sleep(pause);
        }

        @Override
        public boolean await(CountDownLatch latch, Duration atMost) throws InterruptedException {
            return latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public boolean acquire(Semaphore semaphore, int permits, Duration atMost) throws InterruptedException {
            return semaphore.tryAcquire(permits, atMost.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void park(Object blocker, Duration atMost) {
            if (atMost.compareTo(ParkedThreads.WORTHWHILE) < 0) {
                LockSupport.parkNanos(blocker, atMost.toNanos());
            } else {
                parked.park(blocker, atMost);
            }
        }
    }
}
