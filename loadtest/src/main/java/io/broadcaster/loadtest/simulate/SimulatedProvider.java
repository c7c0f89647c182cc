package io.broadcaster.loadtest.simulate;

import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.AmbiguousCause;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.testkit.simulation.SimulatedProcess;
import io.broadcaster.testkit.simulation.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** One provider: takes flights of requests, journals what it accepts, answers as its conduct has it. */
final class SimulatedProvider {
    private static final Instant DEAD_SINCE = Simulation.START.minus(Duration.ofDays(1));
    private static final int SHARES = 10_000;

    private final Simulation simulation;
    private final String name;
    private final ProviderJournal journal;
    private ProviderConduct conduct = ProviderConduct.GOOD;
    private int outstanding;
    private int outstandingMost;
    private Consumer<SimulatedProcess> watcher = client -> {};

    SimulatedProvider(Simulation simulation, String name, ProviderJournal journal) {
        this.simulation = simulation;
        this.name = name;
        this.journal = journal;
    }

    /** From now on. */
    void become(ProviderConduct other) {
        conduct = other;
    }

    /** Once the next flight is processed, and before its answers leave: {@code action} on the client. */
    void afterNext(Consumer<SimulatedProcess> action) {
        watcher = action;
    }

    ProviderConduct conduct() {
        return conduct;
    }

    /** Most requests that it had at once. */
    int outstandingMost() {
        return outstandingMost;
    }

    /** Requests on one connection, in the order of their streams. */
    @SuppressWarnings("ArrayRecordComponent") // made once, read once, never compared
    record Flight(SimulatedProcess client, BatchRequest batch, int[] positions, int[] devices) {
        int size() {
            return positions.length;
        }
    }

    /** What the client sees of each request of the flight, and after how long. */
    interface Answers {
        void answered(SendOutcome[] outcomes, Duration after);
    }

    /** Bytes of the flight have left the client now; they are here after the latency. */
    void fly(Flight flight, Answers answers) {
        Duration there = latency();
        simulation.after(there, () -> arrive(flight, answers));
    }

    /** Whether the device's token is dead: a pure function of the device. */
    boolean dead(int device) {
        return Math.floorMod((device * 0x9E3779B97F4A7C15L) >>> 7, SHARES) < conduct.deadTokens() * SHARES;
    }

    private Duration latency() {
        Duration most = conduct.pace().latencyMost();
        return simulation.between(most.dividedBy(10), most);
    }

    private void arrive(Flight flight, Answers answers) {
        outstanding += flight.size();
        outstandingMost = Math.max(outstandingMost, outstanding);
        for (int i = 0; i < flight.size(); i++) {
            journal.request(
                    flight.devices()[i],
                    flight.batch().key().launch(),
                    flight.batch().notificationId(flight.positions()[i]));
        }
        Duration processing = simulation.between(Duration.ZERO, conduct.pace().processingMost());
        simulation.after(processing, () -> {
            outstanding -= flight.size();
            process(flight, answers);
            Consumer<SimulatedProcess> once = watcher;
            watcher = client -> {};
            once.accept(flight.client());
        });
    }

    private void process(Flight flight, Answers answers) {
        var flights = conduct.flights();
        if (simulation.happens(flights.resets())) {
            reset(flight, answers);
        } else if (simulation.happens(flights.goAways())) {
            goAway(flight, answers);
        } else if (simulation.happens(flights.silences())) {
            silence(flight, answers);
        } else {
            answers.answered(each(flight, (_, device) -> single(device)), latency());
        }
    }

    /** The connection breaks: some prefix was processed, and the client learns nothing. */
    private void reset(Flight flight, Answers answers) {
        int processed = simulation.chance().nextInt(flight.size() + 1);
        simulation.tell(name, () -> "reset after " + processed + " of " + flight.size());
        answers.answered(
                each(flight, (index, device) -> lost(index < processed, device, AmbiguousCause.RESET)), latency());
    }

    /** GOAWAY: above its last stream nothing was processed; up to it everything was, and some of the answers get lost. */
    private void goAway(Flight flight, Answers answers) {
        int last = simulation.chance().nextInt(flight.size() + 1);
        int answered = simulation.chance().nextInt(last + 1);
        simulation.tell(name, () -> "goaway at " + last + " of " + flight.size() + ", answered " + answered);
        SendOutcome[] outcomes = each(flight, (index, device) -> {
            if (index >= last) {
                return new SendOutcome.Unprocessed(UnprocessedCause.ABOVE_GOAWAY);
            }
            return index < answered ? single(device) : lost(true, device, AmbiguousCause.RESET);
        });
        answers.answered(outcomes, latency());
    }

    /** Half-open: the client waits for its time-out; half of the flights were processed. */
    private void silence(Flight flight, Answers answers) {
        boolean processed = simulation.happens(0.5);
        simulation.tell(name, () -> "silent about " + flight.size() + ", processed: " + processed);
        answers.answered(
                each(flight, (_, device) -> lost(processed, device, AmbiguousCause.TIMED_OUT)),
                conduct.pace().timeOut());
    }

    /** The answer about the device gets lost. */
    private SendOutcome lost(boolean processed, int device, AmbiguousCause cause) {
        if (processed) {
            var _ = single(device);
        }
        journal.ambiguous(1);
        return new SendOutcome.Ambiguous(cause);
    }

    private SendOutcome single(int device) {
        ProviderConduct.Requests shares = conduct.requests();
        if (simulation.happens(shares.refused())) {
            return new SendOutcome.Unprocessed(UnprocessedCause.STREAM_REFUSED);
        }
        if (simulation.happens(shares.throttled())) {
            return new SendOutcome.Throttled(shares.retryAfter());
        }
        if (simulation.happens(shares.unavailable())) {
            return new SendOutcome.Unprocessed(UnprocessedCause.UNAVAILABLE);
        }
        if (dead(device)) {
            return new SendOutcome.Unregistered(DEAD_SINCE);
        }
        if (simulation.happens(shares.serverErrors())) {
            journal.ambiguous(1);
            if (simulation.happens(0.5)) {
                journal.accept(device, simulation.elapsed());
            }
            return new SendOutcome.Ambiguous(AmbiguousCause.SERVER_ERROR);
        }
        journal.accept(device, simulation.elapsed());
        return SendOutcome.ACCEPTED;
    }

    private interface Fate {
        SendOutcome of(int index, int device);
    }

    private static SendOutcome[] each(Flight flight, Fate fate) {
        var outcomes = new SendOutcome[flight.size()];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = fate.of(i, flight.devices()[i]);
        }
        return outcomes;
    }
}
