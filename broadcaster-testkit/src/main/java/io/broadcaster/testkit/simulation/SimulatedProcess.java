package io.broadcaster.testkit.simulation;

import io.broadcaster.task.WaitingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * One process: its threads, its clock, its chance. {@link #kill} is SIGKILL: none of its threads takes another step.
 * {@link #freeze} and {@link #thaw} are SIGSTOP and SIGCONT: time goes on without it. Everything that it asked of others
 * before goes on. Confined to the simulation's thread.
 */
public final class SimulatedProcess {
    private final Simulation simulation;
    private final String name;
    private final int number;
    private final SimulatedTime clock;
    private final RandomGenerator random;
    private final List<Runnable> ready = new ArrayList<>();
    private final List<Runnable> overslept = new ArrayList<>();
    private final Thread.Builder.OfVirtual threads;
    private State state = State.RUNNING;
    private long steps;
    private long stepOfEnd = Long.MAX_VALUE;
    private Runnable end = () -> {};

    private enum State {
        RUNNING,
        FROZEN,
        DEAD
    }

    SimulatedProcess(Simulation simulation, String name, int number) {
        this.simulation = simulation;
        this.name = name;
        this.number = number;
        this.random = simulation.split();
        this.clock = new SimulatedTime(simulation, this);
        Executor scheduler = this::enqueue;
        this.threads = ThreadsOf.executor(scheduler);
    }

    /** What it is called in the trace. */
    public String name() {
        return name;
    }

    /** Its clock, and its waits. */
    public WaitingClock clock() {
        return clock;
    }

    /** Its source of chance. */
    public RandomGenerator random() {
        return random;
    }

    /** Sets its clock so much ahead of true time, or behind. */
    public void skew(Duration by) {
        clock.skew(by);
    }

    /** Starts a thread of it; threads made by that one belong to the process too. */
    public Thread start(String threadName, Runnable body) {
        return threads.name(threadName).start(simulation.owned(body));
    }

    /** Does the same again and again, a pause after each; a round that fails is followed by the next. */
    public void loop(String threadName, Duration pause, Runnable round) {
        start(threadName, () -> {
            try {
                while (true) {
                    attempt(round);
                    clock.sleep(pause);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void attempt(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException e) {
            simulation.tell(name, () -> "a round failed: " + e.getMessage());
        }
    }

    /** Puts a task between the steps of its threads: what an event loop of it would do. */
    public void post(Runnable task) {
        enqueue(task);
    }

    /** Lets something happen in it after so long; not while it is frozen, and not once it is dead. */
    public Simulation.Event after(Duration delay, Runnable action) {
        return simulation.after(delay.toNanos(), () -> timer(action));
    }

    private void timer(Runnable action) {
        switch (state) {
            case RUNNING -> action.run();
            case FROZEN -> overslept.add(action);
            case DEAD -> {}
        }
    }

    /** Does something to the process once its threads have taken so many more steps, before any further one. */
    public void afterSteps(int more, Runnable action) {
        stepOfEnd = steps + more;
        end = action;
    }

    /** SIGKILL. */
    public void kill() {
        if (state != State.DEAD) {
            simulation.tell(name, () -> "KILL");
            state = State.DEAD;
            ready.clear();
            overslept.clear();
        }
    }

    /** SIGSTOP. */
    public void freeze() {
        if (state == State.RUNNING) {
            simulation.tell(name, () -> "STOP");
            state = State.FROZEN;
        }
    }

    /** SIGCONT. */
    public void thaw() {
        if (state == State.FROZEN) {
            simulation.tell(name, () -> "CONT");
            state = State.RUNNING;
            List<Runnable> late = List.copyOf(overslept);
            overslept.clear();
            late.forEach(action -> after(Duration.ZERO, action));
        }
    }

    /** Whether it was not killed. */
    public boolean alive() {
        return state != State.DEAD;
    }

    /** Whether it is frozen. */
    public boolean frozen() {
        return state == State.FROZEN;
    }

    /** Steps that its threads took. */
    public long steps() {
        return steps;
    }

    int number() {
        return number;
    }

    int ready() {
        return state == State.RUNNING ? ready.size() : 0;
    }

    void step(int index) {
        if (steps >= stepOfEnd) {
            stepOfEnd = Long.MAX_VALUE;
            end.run();
            return;
        }
        Runnable chosen = ready.get(index);
        Runnable last = ready.removeLast();
        if (index < ready.size()) {
            ready.set(index, last);
        }
        steps++;
        chosen.run();
    }

    private void enqueue(Runnable task) {
        if (simulation.within(() -> enqueue(task)) && state != State.DEAD) {
            ready.add(task);
        }
    }
}
