package io.broadcaster.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One world on one thread: processes whose threads take their steps one at a time, in an order drawn from the seed, and
 * events in virtual time, which moves on only when no thread can take a step. The same seed and the same world give the
 * same run. Confined to the thread that calls {@link #run}. A wake-up from outside of it spoils the run and is told.
 */
public final class Simulation {
    /** When every simulation begins. */
    public static final Instant START = Instant.parse("2026-11-05T18:00:00Z");

    /** Whose a virtual thread is: worlds on other threads of the machine may share a lock with this one, such as a log's. */
    private static final InheritableThreadLocal<Simulation> OWNER = new InheritableThreadLocal<>();

    private final long seed;
    private final SplittableRandom order;
    private final SplittableRandom chance;
    private final Trace trace;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> fromOutside = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.currentThread();
    private volatile boolean disturbed;
    private long now;
    private long scheduled;

    public Simulation(long seed, boolean inWords) {
        this.seed = seed;
        var root = new SplittableRandom(seed);
        this.order = root.split();
        this.chance = root.split();
        this.trace = new Trace(inWords);
    }

    /** Something that happens at a time; the handle cancels it. */
    public static final class Event implements Comparable<Event> {
        private final long at;
        private final long number;
        private final Runnable action;
        private boolean cancelled;

        private Event(long at, long number, Runnable action) {
            this.at = at;
            this.number = number;
            this.action = action;
        }

        /** It does not happen. */
        public void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** The number that this run follows from. */
    public long seed() {
        return seed;
    }

    /** A process that has no thread yet. */
    public SimulatedProcess process(String name) {
        var process = new SimulatedProcess(this, name, processes.size());
        processes.add(process);
        return process;
    }

    /** Lets {@code action} happen after so long, on the simulation's thread and in no process. */
    public Event after(Duration delay, Runnable action) {
        return after(delay.toNanos(), action);
    }

    Event after(long nanos, Runnable action) {
        var event = new Event(now + Math.max(0, nanos), scheduled++, action);
        events.add(event);
        return event;
    }

    /** Whether a process is stopped and will go on: what it still does is not done yet. */
    public boolean anyFrozen() {
        return processes.stream().anyMatch(SimulatedProcess::frozen);
    }

    /** Runs until {@code done} or until so long after the start; whether it was done. Looks at each move of time. */
    public boolean run(Duration until, BooleanSupplier done) {
        long end = until.toNanos();
        while (true) {
            while (step()) {}
            if (done.getAsBoolean()) {
                return true;
            }
            Event next = events.peek();
            if (next == null || next.at > end) {
                now = Math.max(now, end);
                return done.getAsBoolean();
            }
            events.remove();
            if (!next.cancelled) {
                now = next.at;
                next.action.run();
            }
        }
    }

    /** True time, which no process knows. */
    public Instant instant() {
        return START.plusNanos(now);
    }

    /** Since the start. */
    public Duration elapsed() {
        return Duration.ofNanos(now);
    }

    /** Chance for the faults and the world; the order of the steps has its own. */
    public RandomGenerator chance() {
        return chance;
    }

    /** A source of chance for one process. */
    RandomGenerator split() {
        return chance.split();
    }

    /** A time between the two, both included. */
    public Duration between(Duration least, Duration most) {
        return Duration.ofNanos(chance.nextLong(least.toNanos(), most.toNanos() + 1));
    }

    /** Whether it happens this time. */
    public boolean happens(double probability) {
        return probability > 0 && chance.nextDouble() < probability;
    }

    /** A line of the trace. */
    public void tell(String who, Supplier<String> what) {
        trace.event(now, who, what);
    }

    /** What happened so far. */
    public Trace trace() {
        return trace;
    }

    /** Whether a thread from outside woke one within, so that another run may differ. */
    public boolean disturbed() {
        return disturbed;
    }

    /** Whether the caller may touch the queues of steps; else the step waits for the simulation's thread. */
    boolean within(Runnable enqueue) {
        Thread current = Thread.currentThread();
        boolean ours = current.isVirtual() ? equals(OWNER.get()) : current.equals(thread);
        if (!ours) {
            disturbed = true;
            fromOutside.add(enqueue);
        }
        return ours;
    }

    /** The body of a thread of this simulation; threads that it makes belong to it too. */
    Runnable owned(Runnable body) {
        return () -> {
            OWNER.set(this);
            body.run();
        };
    }

    private boolean step() {
        for (Runnable enqueue = fromOutside.poll(); enqueue != null; enqueue = fromOutside.poll()) {
            enqueue.run();
        }
        int ready = 0;
        for (SimulatedProcess process : processes) {
            ready += process.ready();
        }
        if (ready == 0) {
            return false;
        }
        int chosen = ready == 1 ? 0 : order.nextInt(ready);
        for (SimulatedProcess process : processes) {
            if (chosen < process.ready()) {
                trace.step(now, process.number());
                process.step(chosen);
                return true;
            }
            chosen -= process.ready();
        }
        return false;
    }
}
