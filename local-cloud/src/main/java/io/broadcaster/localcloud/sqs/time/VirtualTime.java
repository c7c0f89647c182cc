package io.broadcaster.localcloud.sqs.time;

import java.time.Duration;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still until {@link #advance}, for tests and simulations. Wakes run inside advance, on the calling
 * thread, each at its own instant and in the order they were asked for. Any thread may call.
 */
public final class VirtualTime implements TimeSource {
    private final PriorityQueue<Wake> wakes = new PriorityQueue<>();
    private long now;
    private long asked;

    public VirtualTime(long startMillis) {
        now = startMillis;
    }

    @Override
    public synchronized long millis() {
        return now;
    }

    @Override
    public synchronized void wakeAt(long epochMillis, Runnable task) {
        wakes.add(new Wake(epochMillis, asked++, task));
    }

    /** Moves on, stopping at every wake on the way. */
    public void advance(Duration step) {
        long until = millis() + step.toMillis();
        for (Wake wake = nextUntil(until); wake != null; wake = nextUntil(until)) {
            wake.task().run();
        }
    }

    /** Wakes asked for and not yet run. */
    public synchronized int pendingWakes() {
        return wakes.size();
    }

    private synchronized @Nullable Wake nextUntil(long until) {
        Wake next = wakes.peek();
        if (next == null || next.at() > until) {
            now = Math.max(now, until);
            return null;
        }
        now = Math.max(now, next.at());
        return wakes.poll();
    }

    private record Wake(long at, long order, Runnable task) implements Comparable<Wake> {
        @Override
        public int compareTo(Wake other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
