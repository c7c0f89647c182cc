package io.broadcaster.testkit.simulation;

import io.broadcaster.task.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * The clock of one process, and its waits in virtual time. A wait for a time is a wait without one that an alarm interrupts.
 * Events come only when no thread can take a step, so that a thread which an alarm finds waiting has nothing else to do.
 */
final class SimulatedTime implements WaitingClock {
    private final Simulation simulation;
    private final SimulatedProcess process;
    private Duration skew = Duration.ZERO;

    SimulatedTime(Simulation simulation, SimulatedProcess process) {
        this.simulation = simulation;
        this.process = process;
    }

    void skew(Duration by) {
        skew = by;
    }

    @Override
    public Instant instant() {
        return simulation.instant().plus(skew);
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        var never = new CountDownLatch(1);
        var _ = await(never, pause);
    }

    @Override
    public boolean await(CountDownLatch latch, Duration atMost) throws InterruptedException {
        requireNoInterrupt();
        return latch.getCount() == 0 || inTime(atMost, latch::await);
    }

    @Override
    public boolean acquire(Semaphore semaphore, int permits, Duration atMost) throws InterruptedException {
        requireNoInterrupt();
        return semaphore.tryAcquire(permits) || inTime(atMost, () -> semaphore.acquire(permits));
    }

    @Override
    public void park(Object blocker, Duration atMost) {
        Thread waiter = Thread.currentThread();
        Simulation.Event wakeUp = process.after(atMost, () -> LockSupport.unpark(waiter));
        LockSupport.park(blocker);
        wakeUp.cancel();
    }

    private static void requireNoInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private boolean inTime(Duration atMost, Wait wait) throws InterruptedException {
        if (atMost.isNegative() || atMost.isZero()) {
            return false;
        }
        var alarm = new Alarm(Thread.currentThread());
        alarm.set(atMost);
        try {
            wait.untilThere();
            return true;
        } catch (InterruptedException e) {
            if (alarm.rang) {
                return false;
            }
            throw e;
        } finally {
            alarm.done = true;
        }
    }

    private interface Wait {
        void untilThere() throws InterruptedException;
    }

    private final class Alarm {
        private final Thread waiter;
        private boolean rang;
        private boolean done;

        Alarm(Thread waiter) {
            this.waiter = waiter;
        }

        void set(Duration delay) {
            var _ = process.after(delay, this::ring);
        }

        private void ring() {
            if (done) {
                return;
            }
            if (waiter.getState() == Thread.State.WAITING) {
                rang = true;
                waiter.interrupt();
            } else {
                set(Duration.ZERO); // it was woken just now: it goes on first, and may come to wait again
            }
        }
    }
}
