package io.broadcaster.api.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/** Room for {@code max} things at once, of which one caller may have so many: nobody takes all of it. Any thread. */
public final class Room {
    private final Bounds bounds;
    private final Semaphore free;
    private final ConcurrentMap<String, Integer> taken = new ConcurrentHashMap<>();

    /** How many at once, and how many of them may be one caller's. */
    public record Bounds(int max, int perCallerMax) {}

    /** What came of asking for a place. */
    enum Place {
        TAKEN,
        /** The caller has as many as one may have. */
        NONE_FOR_CALLER,
        /** Everybody together has all of it. */
        NONE
    }

    public Room(Bounds bounds) {
        this.bounds = bounds;
        free = new Semaphore(bounds.max());
    }

    /** Takes a place, where there is one; each one that was taken must be given back by {@link #leave}. */
    Place enter(String caller) {
        int places = taken.merge(caller, 1, Integer::sum);
        if (places <= bounds.perCallerMax() && free.tryAcquire()) {
            return Place.TAKEN;
        }
        giveBack(caller);
        return places > bounds.perCallerMax() ? Place.NONE_FOR_CALLER : Place.NONE;
    }

    void leave(String caller) {
        giveBack(caller);
        free.release();
    }

    /** Places that are taken. */
    public int taken() {
        return bounds.max() - free.availablePermits();
    }

    private void giveBack(String caller) {
        taken.computeIfPresent(caller, (_, places) -> places == 1 ? null : places - 1);
    }
}
