package io.broadcaster.task;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that park for a time and are nearly always unparked before: one virtual thread looks at them every {@link #GRAIN},
 * because a timer for each, set and cancelled, wakes the JDK's timer thread twice (12,000 batches: 0.25 s of CPU). Returns up
 * to a grain late. Any thread; bound: the threads that park. The looking ends while nobody does.
 */
final class ParkedThreads {
    static final Duration GRAIN = Duration.ofMillis(25);

    /** Shorter waits are given to the JDK. */
    static final Duration WORTHWHILE = GRAIN.multipliedBy(4);

    private final Set<Parked> parked = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();

    /** Parks the calling thread until it is unparked or interrupted, or {@code atMost} and up to a grain have passed. */
    void park(Object blocker, Duration atMost) {
        var self = new Parked(Thread.currentThread(), System.nanoTime() + atMost.toNanos());
        parked.add(self);
        try {
            if (looking.compareAndSet(false, true)) {
                Thread.ofVirtual().name("parked-threads").start(this::look);
            }
            LockSupport.park(blocker);
        } finally {
            parked.remove(self);
        }
    }

    private void look() {
        try {
            do {
                while (!parked.isEmpty()) {
                    Thread.sleep(GRAIN);
                    long now = System.nanoTime();
                    for (Parked each : parked) {
                        if (now - each.until() >= 0) {
                            LockSupport.unpark(each.thread());
                        }
                    }
                }
                looking.set(false);
            } while (!parked.isEmpty() && looking.compareAndSet(false, true)); // one that came since saw us looking
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the looking thread", e);
        }
    }

    /** Equal to none but itself: a thread parks in one place at a time. */
    private record Parked(Thread thread, long until) {}
}
