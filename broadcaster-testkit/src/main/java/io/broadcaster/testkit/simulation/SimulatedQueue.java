package io.broadcaster.testkit.simulation;

import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.Depth;
import io.broadcaster.task.TaskQueue.FailedEntry;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.task.TaskQueue.QueueException;
import io.broadcaster.task.TaskQueue.Receipt;
import io.broadcaster.task.TaskQueue.Received;
import io.broadcaster.testkit.FifoMessages;
import io.broadcaster.testkit.simulation.Network.Call;
import io.broadcaster.testkit.simulation.Network.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A FIFO queue in virtual time: deduplication per group for five minutes, visibility, receive attempts, dead letters, a cap
 * of messages in flight at which it just stops giving, entries that fail inside a call. Its clock is true time. Processes
 * see it through {@link #from}.
 */
public final class SimulatedQueue {
    private final Simulation simulation;
    private final String name;
    private final Network network;
    private final FifoMessages messages;
    private final List<Waiter> waiters = new ArrayList<>();
    private double entriesFailed;
    private int inFlightMax = Integer.MAX_VALUE;
    private Instant nextLook = Instant.MAX;

    public SimulatedQueue(Simulation simulation, String name, int maxReceiveCount) {
        this.simulation = simulation;
        this.name = name;
        this.network = new Network(simulation, name, Network.Quality.GOOD);
        this.messages = new FifoMessages(simulation::instant, maxReceiveCount);
    }

    /** The way to it. */
    public Network network() {
        return network;
    }

    /** The share of entries that fail inside a call that succeeds. */
    public void failEntries(double share) {
        entriesFailed = share;
    }

    /** At so many messages in flight it gives no more. */
    public void capInFlight(int most) {
        inFlightMax = most;
    }

    /** Whether nothing is left in it, dead letters aside. */
    public boolean isEmpty() {
        return messages.isEmpty();
    }

    /** What is in it. */
    public Depth depth() {
        return messages.depth();
    }

    /** Moves the dead letters back. */
    public int redrive() {
        int moved = messages.redrive();
        simulation.tell(name, () -> "redrive of " + moved);
        serve();
        return moved;
    }

    /** The queue as one process sees it. */
    public TaskQueue from(SimulatedProcess caller) {
        return new View(caller);
    }

    private final class View implements TaskQueue {
        private final SimulatedProcess caller;

        View(SimulatedProcess caller) {
            this.caller = caller;
        }

        @Override
        public List<FailedEntry> send(List<Outgoing> outgoing) {
            return network.call(caller, new Call<>("send", () -> sent(outgoing), SimulatedQueue::failure));
        }

        @Override
        public List<Received> receive(int max, Duration wait, Duration visibility, UUID attempt) {
            return received(new Waiter(
                    caller, max, visibility, attempt, simulation.instant().plus(wait)));
        }

        @Override
        public List<FailedEntry> delete(List<Receipt> receipts) {
            return network.call(
                    caller,
                    new Call<>(
                            "delete",
                            () -> each(receipts.size(), index -> messages.delete(receipts.get(index))),
                            SimulatedQueue::failure));
        }

        @Override
        public List<FailedEntry> extend(List<Receipt> receipts, Duration visibility) {
            return network.call(
                    caller, new Call<>("extend", () -> extended(receipts, visibility), SimulatedQueue::failure));
        }

        @Override
        public Depth depth() {
            return network.call(caller, new Call<>("depth", messages::depth, SimulatedQueue::failure));
        }
    }

    private static QueueException failure(String why) {
        return new QueueException(why, new IllegalStateException("simulated"));
    }

    private List<FailedEntry> sent(List<Outgoing> outgoing) {
        List<FailedEntry> failed = each(outgoing.size(), index -> messages.send(outgoing.get(index)));
        serve();
        return failed;
    }

    private List<FailedEntry> extended(List<Receipt> receipts, Duration visibility) {
        List<FailedEntry> failed = each(receipts.size(), index -> messages.extend(receipts.get(index), visibility));
        serve();
        return failed;
    }

    private List<FailedEntry> each(int entries, IntPredicate effect) {
        var failed = new ArrayList<FailedEntry>();
        for (int index = 0; index < entries; index++) {
            if (simulation.happens(entriesFailed)) {
                failed.add(new FailedEntry(index, "InternalError", false));
            } else if (!effect.test(index)) {
                failed.add(new FailedEntry(index, "InvalidParameterValue", true));
            }
        }
        return failed;
    }

    private List<Received> received(Waiter waiter) {
        Fate fate = network.fate("receive");
        Network.Reply<List<Received>> reply = network.new Reply<>(waiter.caller, Thread.currentThread());
        waiter.fate = fate;
        waiter.reply = reply;
        simulation.after(network.latency(), () -> {
            if (fate == Fate.REQUEST_LOST || network.out()) {
                reply.after(network.noticedAfter(), null, failure("receive failed: request lost"));
            } else if (!give(waiter)) {
                waiters.add(waiter);
                simulation.after(Duration.between(simulation.instant(), waiter.until), () -> giveUp(waiter));
                watch();
            }
        });
        return reply.await(new Call<>("receive", List::of, SimulatedQueue::failure));
    }

    /** Answers the receive if there is something for it. */
    private boolean give(Waiter waiter) {
        if (inFlightMax != Integer.MAX_VALUE && messages.depth().inFlight() >= inFlightMax) {
            return false;
        }
        List<Received> taken = messages.receive(waiter.max, waiter.visibility, waiter.attempt);
        if (taken.isEmpty()) {
            return false;
        }
        simulation.tell(
                name,
                () -> waiter.fate + " receive of " + waiter.caller.name() + ": "
                        + taken.stream().map(SimulatedQueue::inShort).toList());
        answer(waiter, taken);
        watch();
        return true;
    }

    /** The words of a task that differ within a launch. */
    private static String inShort(Received message) {
        String body = message.body();
        int platform = body.indexOf("platform=");
        return (platform < 0 ? body : body.substring(platform)) + " #" + message.receiveCount();
    }

    private void answer(Waiter waiter, List<Received> taken) {
        if (waiter.fate == Fate.ANSWER_LOST) {
            waiter.reply().after(network.noticedAfter(), null, failure("receive failed: answer lost"));
        } else {
            waiter.reply().after(network.latency(), taken, null);
        }
    }

    private void giveUp(Waiter waiter) {
        if (waiters.remove(waiter)) {
            answer(waiter, List.of());
        }
    }

    /** Gives what has become free to those who wait, first come first served; those who died wait no more. */
    private void serve() {
        Iterator<Waiter> each = waiters.iterator();
        while (each.hasNext()) {
            Waiter waiter = each.next();
            if (!waiter.caller.alive() || give(waiter)) {
                each.remove();
            }
        }
    }

    /** Looks again when the next message in flight becomes visible, if anybody waits. */
    private void watch() {
        if (waiters.isEmpty()) {
            return;
        }
        Instant next = messages.nextVisible();
        if (next.isBefore(nextLook)) {
            nextLook = next;
            simulation.after(Duration.between(simulation.instant(), next), () -> {
                nextLook = Instant.MAX;
                serve();
                watch();
            });
        }
    }

    private static final class Waiter {
        private final SimulatedProcess caller;
        private final int max;
        private final Duration visibility;
        private final UUID attempt;
        private final Instant until;
        private Fate fate = Fate.ANSWERED;
        private Network.@Nullable Reply<List<Received>> reply;

        Waiter(SimulatedProcess caller, int max, Duration visibility, UUID attempt, Instant until) {
            this.caller = caller;
            this.max = max;
            this.visibility = visibility;
            this.attempt = attempt;
            this.until = until;
        }

        Network.Reply<List<Received>> reply() {
            return Objects.requireNonNull(reply);
        }
    }
}
