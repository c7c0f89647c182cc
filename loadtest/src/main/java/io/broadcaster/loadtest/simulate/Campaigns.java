package io.broadcaster.loadtest.simulate;

import io.broadcaster.campaign.DeliveryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Many simulated campaigns, one seed each, on {@code threads} threads of the machine: worlds share nothing. A failing seed
 * is run again with its trace in words, and must then fail again, step by step the same.
 */
public final class Campaigns {
    private static final Duration UNTIL = Duration.ofHours(2);
    private static final int DEVICES_LEAST = 1_000;
    private static final int THREADS_MOST = 1_024;

    /** Runs of one seed that another world may spoil before that counts as a fault of ours. */
    private static final int DISTURBED_MAX = 5;

    private Campaigns() {}

    /**
     * What to simulate. Without mixes each seed draws its own; without a policy the seeds take turns. {@code devices} of each
     * campaign, at least 1,000.
     */
    public record Plan(Seeds seeds, List<Mix> mixes, Optional<DeliveryPolicy> policy, int devices, int threads) {
        public Plan {
            mixes = List.copyOf(mixes);
            if (devices < DEVICES_LEAST) {
                throw new IllegalArgumentException(
                        "devices must be at least " + DEVICES_LEAST + ", but was " + devices);
            }
            if (threads < 1 || threads > THREADS_MOST) {
                throw new IllegalArgumentException(
                        "threads must be from 1 to " + THREADS_MOST + ", but was " + threads);
            }
        }
    }

    /** {@code count} seeds from {@code first} on, at least one: a run of none would find nothing wrong. */
    public record Seeds(long first, long count) {
        public Seeds {
            if (count < 1) {
                throw new IllegalArgumentException("seeds must be at least 1, but was " + count);
            }
            if (first > Long.MAX_VALUE - count) {
                throw new IllegalArgumentException("first seed must leave room for all, but was " + first);
            }
        }
    }

    /** A campaign that broke an invariant, and the end of what led to it. */
    public record Failure(Judgement judgement, List<Mix> mixes, List<String> trace) {
        public Failure {
            mixes = List.copyOf(mixes);
            trace = List.copyOf(trace);
        }
    }

    /** Runs them all; {@code failed} hears of each failure, at most one at a time. Answers with the figures of all. */
    public static Totals run(Plan plan, Consumer<Failure> failed) {
        var next = new AtomicLong(plan.seeds().first());
        long end = plan.seeds().first() + plan.seeds().count();
        var totals = new Totals();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < plan.threads(); i++) {
            threads.add(Thread.ofPlatform().name("simulation-" + i).start(() -> {
                for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
                    one(plan, seed, totals, failed);
                }
            }));
        }
        for (Thread thread : threads) {
            join(thread);
        }
        return totals;
    }

    private static void one(Plan plan, long seed, Totals totals, Consumer<Failure> failed) {
        List<Mix> mixes = plan.mixes().isEmpty() ? drawn(seed) : plan.mixes();
        DeliveryPolicy policy =
                plan.policy().orElse(seed % 2 == 0 ? DeliveryPolicy.AT_MOST_ONCE : DeliveryPolicy.AT_LEAST_ONCE);
        Judgement judgement = judge(seed, Shape.of(policy, plan.devices()), mixes);
        totals.add(judgement);
        if (!judgement.holds()) {
            synchronized (totals) {
                failed.accept(replay(seed, Shape.of(policy, plan.devices()), mixes));
            }
        }
    }

    static Judgement judge(long seed, Shape shape, List<Mix> mixes) {
        for (int attempt = 0; attempt < DISTURBED_MAX; attempt++) {
            World world = world(seed, shape, mixes, false);
            Judgement judgement = world.run(UNTIL);
            if (!world.simulation().disturbed()) {
                return judgement;
            }
        }
        throw new IllegalStateException("worlds must share no lock, but seed " + seed
                + " was disturbed by another thread every time: is the log on?");
    }

    private static Failure replay(long seed, Shape shape, List<Mix> mixes) {
        World world = world(seed, shape, mixes, true);
        Judgement judgement = world.run(UNTIL);
        return new Failure(judgement, mixes, world.simulation().trace().lines());
    }

    private static World world(long seed, Shape shape, List<Mix> mixes, boolean inWords) {
        World world = new World(seed, shape, inWords).start().pressed();
        mixes.forEach(mix -> mix.apply(world));
        return world;
    }

    /** Every mix with a chance of two in five. */
    private static List<Mix> drawn(long seed) {
        var chance = new SplittableRandom(~seed);
        var drawn = new ArrayList<Mix>();
        for (Mix mix : Mix.values()) {
            if (chance.nextInt(5) < 2) {
                drawn.add(mix);
            }
        }
        return drawn;
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
