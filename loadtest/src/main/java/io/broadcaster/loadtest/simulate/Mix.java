package io.broadcaster.loadtest.simulate;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.simulate.ProviderConduct.Flights;
import io.broadcaster.loadtest.simulate.ProviderConduct.Requests;
import io.broadcaster.testkit.simulation.Network.Quality;
import io.broadcaster.testkit.simulation.SimulatedProcess;
import io.broadcaster.testkit.simulation.SimulatedQueue;
import io.broadcaster.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What goes wrong in a world, at times and places that its seed decides. Several may come together. */
public enum Mix {
    /** Nothing. */
    NONE {
        @Override
        void apply(World world) {}
    },
    /** Queue calls and their answers get lost, entries of batch calls fail, and fewer messages fly than would like to. */
    QUEUES {
        @Override
        void apply(World world) {
            for (SimulatedQueue queue : world.services().queues()) {
                queue.network().become(Quality.GOOD.losing(0.03, 0.03));
                queue.failEntries(0.05);
                queue.capInFlight(40);
            }
        }
    },
    /** Reads and writes of both tables fail with and without effect, and the ledger is out for ten seconds. */
    STORES {
        @Override
        void apply(World world) {
            world.services().ledgerNetwork.become(Quality.GOOD.losing(0.03, 0.05));
            world.services().campaignNetwork.become(Quality.GOOD.losing(0.02, 0.05));
            world.abortMayGoUnnoticed(); // decision 12: a look without an answer leaves the last one standing
            Duration out = afterThePress(world, Duration.ofSeconds(2));
            world.services().ledgerNetwork.out(out, out.plusSeconds(10));
        }
    },
    /** Connections break, go away and fall silent; streams are refused; 429, 500, 503; five in a hundred tokens are dead. */
    PROVIDERS {
        @Override
        void apply(World world) {
            for (Platform platform : Platform.values()) {
                world.services()
                        .provider(platform)
                        .become(ProviderConduct.GOOD
                                .with(new Flights(0.03, 0.03, 0.02))
                                .with(new Requests(0.02, 0.02, 0.02, 0.02, Duration.ofSeconds(2)))
                                .withDeadTokens(0.05));
            }
        }
    },
    /** Senders, fan-outs and APIs are killed at any step, and replaced. */
    KILLS {
        @Override
        void apply(World world) {
            Simulation simulation = world.simulation();
            for (int i = 0; i < 1 + simulation.chance().nextInt(3); i++) {
                simulation.after(
                        soonAfterThePress(world),
                        () -> world.anySender()
                                .ifPresent(sender -> inAFewSteps(world, sender.process(), () -> world.kill(sender))));
            }
            if (simulation.happens(0.5)) {
                FanoutNode fanout = world.fanouts().getFirst();
                simulation.after(
                        soonAfterThePress(world), () -> inAFewSteps(world, fanout.process(), () -> world.kill(fanout)));
            }
            if (simulation.happens(0.5)) {
                ApiNode api = world.apis().getFirst();
                simulation.after(
                        soonAfterThePress(world), () -> inAFewSteps(world, api.process(), () -> world.kill(api)));
            }
        }
    },
    /** A sender and at times a fan-out are stopped for up to a minute and a half, and go on. */
    FREEZES {
        @Override
        void apply(World world) {
            Simulation simulation = world.simulation();
            simulation.after(
                    soonAfterThePress(world),
                    () -> world.anySender().ifPresent(sender -> world.freeze(sender.process(), pause(world))));
            if (simulation.happens(0.5)) {
                simulation.after(
                        soonAfterThePress(world),
                        () -> world.freeze(world.fanouts().getFirst().process(), pause(world)));
            }
        }
    },
    /** Senders and fan-outs are told to end, as a deployment does. */
    DRAINS {
        @Override
        void apply(World world) {
            Simulation simulation = world.simulation();
            simulation.after(soonAfterThePress(world), () -> {
                world.startSender();
                world.senders().getFirst().drain();
            });
            simulation.after(soonAfterThePress(world), () -> {
                world.startFanout();
                world.fanouts().getFirst().drain();
            });
        }
    },
    /** The clock of one sender is wrong by up to five minutes, either way. */
    CLOCKS {
        @Override
        void apply(World world) {
            Duration wrong = world.simulation().between(Duration.ofMinutes(-5), Duration.ofMinutes(5));
            world.senders().getFirst().process().skew(wrong);
        }
    },
    /** Somebody aborts the launch amid the sending. */
    ABORT {
        @Override
        void apply(World world) {
            world.abortAt(World.PRESS_AT.plus(soonAfterThePress(world).minus(World.PRESS_AT)));
        }
    };

    /** Prepares the world, whose processes exist and have taken no step. */
    abstract void apply(World world);

    /** As the command line has it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Those that make up "all": every fault that does not end the launch. */
    public static List<Mix> every() {
        return List.of(QUEUES, STORES, PROVIDERS, KILLS, FREEZES, DRAINS);
    }

    private static Duration afterThePress(World world, Duration most) {
        return World.PRESS_AT.plus(world.simulation().between(Duration.ZERO, most));
    }

    /** While the launch is under way: mostly within the first tenths of a second. */
    private static Duration soonAfterThePress(World world) {
        return afterThePress(world, world.simulation().happens(0.8) ? Duration.ofMillis(150) : Duration.ofSeconds(5));
    }

    private static Duration pause(World world) {
        return world.simulation().between(Duration.ofSeconds(5), Duration.ofSeconds(90));
    }

    /** After a few more steps of the process, so that it ends amid whatever it does. */
    private static void inAFewSteps(World world, SimulatedProcess process, Runnable end) {
        int steps = world.simulation().chance().nextInt(40);
        process.afterSteps(steps, end);
    }
}
