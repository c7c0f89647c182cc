package io.broadcaster.loadtest.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.DeliveryPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/** Runs a scenario for many seeds and both policies, requires that every invariant holds, and tells the figures. */
final class Worlds {
    static final Duration UNTIL = Duration.ofHours(4);

    private final String row;
    private final Totals totals = new Totals();
    private int interruptions;

    private Worlds(String row) {
        this.row = row;
    }

    static Worlds row(String row) {
        return new Worlds(row);
    }

    /** Both policies, seeds from 1 on. */
    Worlds run(Shape shape, int seeds, Consumer<World> faults, Consumer<Ended> more) {
        Arrays.stream(DeliveryPolicy.values()).forEach(policy -> run(policy, shape, seeds, faults, more));
        return this;
    }

    Worlds run(DeliveryPolicy policy, Shape shape, int seeds, Consumer<World> faults, Consumer<Ended> more) {
        var under = new Shape(
                policy, shape.ios(), shape.android(), shape.processes(), shape.batchesInFlight(), shape.window());
        for (long seed = 1; seed <= seeds; seed++) {
            World world = new World(seed, under, false).start().pressed();
            faults.accept(world);
            Judgement judgement = world.run(UNTIL);
            totals.add(judgement);
            interruptions += world.interruptions();
            assertThat(judgement.violations())
                    .as("%s, %s, seed %d: %s", row, policy, seed, judgement)
                    .isEmpty();
            more.accept(new Ended(world, judgement));
        }
        return this;
    }

    /** A world after its end. */
    record Ended(World world, Judgement judgement) {
        DeliveryPolicy policy() {
            return world.shape().policy();
        }
    }

    /** Prints one line for docs/faults.md. */
    void tell() {
        System.out.printf(
                "%s: %d campaigns, %d devices, %d senders interrupted, twice %d, copies too many %d, ambiguous answers %d, unknown %d,"
                        + " %.3f requests per device, settled 50 %% %.3f s, 95 %% %.3f s%n",
                row,
                totals.campaigns(),
                totals.devices(),
                interruptions,
                totals.duplicated(),
                totals.extra(),
                totals.ambiguous(),
                totals.unknown(),
                (double) totals.requests() / totals.devices(),
                totals.settled(0.5).toMillis() / 1e3,
                totals.settled(0.95).toMillis() / 1e3);
    }
}
