package io.broadcaster.testkit.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * What happened, as one number and, when asked for, in words. Two runs with the same number took the same steps at the same
 * times. Bound: the last {@link #LINES_MAX} lines. Confined to the simulation's thread.
 */
public final class Trace {
    /** Lines that are kept. */
    public static final int LINES_MAX = 4_000;

    private static final long PRIME = 0x100000001b3L;

    private final boolean inWords;
    private final Deque<String> lines = new ArrayDeque<>();
    private long hash = 0xcbf29ce484222325L;
    private long steps;
    private long dropped;

    Trace(boolean inWords) {
        this.inWords = inWords;
    }

    /** A thread of the process took a step. */
    void step(long nanos, int process) {
        steps++;
        mix(nanos);
        mix(process);
    }

    /** Something worth a line; the words are made only when they are kept. */
    void event(long nanos, String who, Supplier<String> what) {
        mix(nanos);
        mix(who.hashCode());
        if (inWords) {
            if (lines.size() == LINES_MAX) {
                lines.removeFirst();
                dropped++;
            }
            lines.addLast(String.format("%12.6f  %-10s %s", nanos / 1e9, who, what.get()));
        }
    }

    /** The run as one number. */
    public long hash() {
        return hash;
    }

    /** Steps taken by all threads. */
    public long steps() {
        return steps;
    }

    /** The last lines, oldest first. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Lines before those. */
    public long dropped() {
        return dropped;
    }

    private void mix(long value) {
        hash = (hash ^ value) * PRIME;
        hash ^= hash >>> 29;
    }
}
