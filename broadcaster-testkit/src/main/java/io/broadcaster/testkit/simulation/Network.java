package io.broadcaster.testkit.simulation;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way from processes to one service and back: latency, requests and answers that get lost, times when the service is
 * out. A caller that dies leaves its request on the way. Confined to the simulation's thread; callers are virtual threads.
 */
public final class Network {
    private final Simulation simulation;
    private final String service;
    private Quality quality;
    private Duration outFrom = Duration.ZERO;
    private Duration outUntil = Duration.ZERO;
    private @Nullable String armedCall;
    private Fate armedFate = Fate.ANSWERED;
    private int armedTimes;
    private int armedSkips;
    private @Nullable String watchedCall;
    private Consumer<SimulatedProcess> watcher = caller -> {};

    /** What becomes of a call. */
    public enum Fate {
        ANSWERED,
        /** No effect; the caller sees a failure. */
        REQUEST_LOST,
        /** The effect is there; the caller sees a failure. */
        ANSWER_LOST
    }

    /** One-way latency between the two, the share of calls whose request or answer is lost, and when the caller notices. */
    public record Quality(
            Duration latencyLeast,
            Duration latencyMost,
            double requestsLost,
            double answersLost,
            Duration noticedAfterMost) {
        /** From half a millisecond to three, and nothing gets lost. */
        public static final Quality GOOD =
                new Quality(Duration.ofNanos(500_000), Duration.ofMillis(3), 0, 0, Duration.ofSeconds(2));

        /** The same latency, and so many calls lost on either way. */
        public Quality losing(double requests, double answers) {
            return new Quality(latencyLeast, latencyMost, requests, answers, noticedAfterMost);
        }
    }

    public Network(Simulation simulation, String service, Quality quality) {
        this.simulation = simulation;
        this.service = service;
        this.quality = quality;
    }

    /** From now on. */
    public void become(Quality other) {
        quality = other;
    }

    /** Every call that arrives in this time, counted from the start of the simulation, fails without effect. */
    public void out(Duration from, Duration until) {
        outFrom = from;
        outUntil = until;
    }

    /** After {@code skipping} calls of that kind, so many of them fare so. */
    public void next(String call, Fate fate, int skipping, int times) {
        armedCall = call;
        armedFate = fate;
        armedSkips = skipping;
        armedTimes = times;
    }

    /** Once the next call of that kind has had its effect, and before its answer leaves: {@code action} on the caller. */
    public void afterNext(String call, Consumer<SimulatedProcess> action) {
        watchedCall = call;
        watcher = action;
    }

    /** Calls the service: {@code effect} happens there, on the simulation's thread. Blocks the calling virtual thread. */
    public <T> T call(SimulatedProcess caller, Call<T> call) {
        Fate fate = fate(call.kind());
        var reply = new Reply<T>(caller, Thread.currentThread());
        var _ = simulation.after(latency().toNanos(), () -> arrive(call, fate, reply));
        return reply.await(call);
    }

    /** One call: its kind, what it does at the service, and the failure that the caller sees when the way was bad. */
    public record Call<T>(String kind, Supplier<T> effect, Function<String, ? extends RuntimeException> failure) {}

    /** Whether a request that arrives now finds nobody. */
    boolean out() {
        return simulation.elapsed().compareTo(outFrom) >= 0
                && simulation.elapsed().compareTo(outUntil) < 0;
    }

    Duration latency() {
        return simulation.between(quality.latencyLeast(), quality.latencyMost());
    }

    Duration noticedAfter() {
        return simulation.between(quality.latencyMost(), quality.noticedAfterMost());
    }

    Fate fate(String kind) {
        if (kind.equals(armedCall) && armedTimes > 0) {
            if (armedSkips > 0) {
                armedSkips--;
            } else {
                armedTimes--;
                return armedFate;
            }
        }
        if (simulation.happens(quality.requestsLost())) {
            return Fate.REQUEST_LOST;
        }
        return simulation.happens(quality.answersLost()) ? Fate.ANSWER_LOST : Fate.ANSWERED;
    }

    private <T> void arrive(Call<T> call, Fate fate, Reply<T> reply) {
        if (fate == Fate.REQUEST_LOST || out()) {
            simulation.tell(service, () -> call.kind() + " of " + reply.caller.name() + ": request lost");
            reply.after(noticedAfter(), null, call.failure().apply(call.kind() + " failed: request lost"));
            return;
        }
        try {
            T answer = call.effect().get();
            watched(call.kind(), reply.caller);
            if (fate == Fate.ANSWER_LOST) {
                simulation.tell(service, () -> call.kind() + " of " + reply.caller.name() + ": answer lost");
                reply.after(noticedAfter(), null, call.failure().apply(call.kind() + " failed: answer lost"));
            } else {
                reply.after(latency(), answer, null);
            }
        } catch (RuntimeException e) {
            reply.after(latency(), null, e);
        }
    }

    private void watched(String kind, SimulatedProcess caller) {
        if (kind.equals(watchedCall)) {
            watchedCall = null;
            watcher.accept(caller);
        }
    }

    /** What the caller waits for. */
    final class Reply<T> {
        private final SimulatedProcess caller;
        private final Thread waiter;
        private @Nullable T answer;
        private @Nullable RuntimeException failure;
        private boolean there;

        Reply(SimulatedProcess caller, Thread waiter) {
            this.caller = caller;
            this.waiter = waiter;
        }

        SimulatedProcess caller() {
            return caller;
        }

        void after(Duration delay, @Nullable T value, @Nullable RuntimeException failed) {
            var _ = simulation.after(delay.toNanos(), () -> {
                answer = value;
                failure = failed;
                there = true;
                LockSupport.unpark(waiter);
            });
        }

        T await(Call<T> call) {
            while (!there) {
                LockSupport.park(this);
                if (Thread.currentThread().isInterrupted() && !there) {
                    throw call.failure().apply(call.kind() + " was interrupted");
                }
            }
            if (failure != null) {
                throw failure;
            }
            if (answer == null) {
                throw new IllegalStateException("a call must have an answer or a failure");
            }
            return answer;
        }
    }
}
