package io.broadcaster.loadtest.simulate;

import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.loadtest.simulate.SimulatedProvider.Flight;
import io.broadcaster.sender.send.AnswerSink;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.sender.send.BatchTokens;
import io.broadcaster.sender.send.Warmth;
import io.broadcaster.testkit.simulation.SimulatedProcess;
import io.broadcaster.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/**
 * A sender's connections to one provider. Requests leave in flights of a size that chance decides; between the last look at
 * the lease and the bytes' leaving the process may be stopped, as it may in life. Bound: {@code streams} at once.
 */
final class SimulatedConnections implements BatchSender {
    /** Most requests between one look at the lease and the next: what one turn of an event loop writes. */
    static final int FLIGHT_MAX = 64;

    private final Simulation simulation;
    private final SimulatedProcess process;
    private final SimulatedProvider provider;
    private final Deque<Thread> waiting = new ArrayDeque<>();
    private int streams;
    private int outstanding;
    private boolean closed;

    SimulatedConnections(Simulation simulation, SimulatedProcess process, SimulatedProvider provider, int streams) {
        this.simulation = simulation;
        this.process = process;
        this.provider = provider;
        this.streams = streams;
    }

    /** What the provider's SETTINGS allow from now on. */
    void streams(int allowed) {
        streams = allowed;
        wake();
    }

    @Override
    public Warmth warm() {
        return new Warmth.Warm(1);
    }

    @Override
    public Duration warmthLasts() {
        return Duration.ofHours(1);
    }

    @Override
    @SuppressWarnings(
            "ThreadPriorityCheck") // the scheduler is the simulation's, and the yield one more place to be stopped at
    public void send(BatchRequest batch, AnswerSink sink) {
        int[] positions = batch.positions();
        int next = 0;
        while (next < positions.length) {
            int room = waitForRoom();
            if (room == 0 || !batch.mayStart(process.clock().instant()) || closed) {
                withdraw(positions, next, sink);
                return;
            }
            int size = 1 + simulation.chance().nextInt(Math.min(Math.min(room, FLIGHT_MAX), positions.length - next));
            outstanding += size;
            int[] chosen = Arrays.copyOfRange(positions, next, next + size);
            next += size;
            Thread.yield(); // SIGSTOP may come here, and the bytes leave when it is over
            sink.started();
            provider.fly(flight(batch, chosen), (outcomes, after) -> answer(sink, chosen, outcomes, after));
        }
    }

    private int waitForRoom() {
        while (outstanding >= streams) {
            waiting.add(Thread.currentThread());
            LockSupport.park(this);
            if (Thread.currentThread().isInterrupted()) {
                return 0;
            }
        }
        return streams - outstanding;
    }

    private Flight flight(BatchRequest batch, int[] positions) {
        byte[] token = new byte[BatchTokens.TOKEN_MAX];
        int[] devices = new int[positions.length];
        for (int i = 0; i < positions.length; i++) {
            var _ = batch.tokens().copyToken(positions[i], token);
            devices[i] = SimulatedAudience.number(token);
        }
        return new Flight(process, batch, positions, devices);
    }

    private void answer(AnswerSink sink, int[] positions, SendOutcome[] outcomes, Duration after) {
        simulation.after(
                after,
                () -> process.post(() -> {
                    outstanding -= positions.length;
                    int[] accepted = new int[positions.length];
                    int count = 0;
                    for (int i = 0; i < positions.length; i++) {
                        if (outcomes[i] instanceof SendOutcome.Accepted) {
                            accepted[count++] = positions[i];
                        } else {
                            sink.answered(positions[i], outcomes[i]);
                        }
                    }
                    if (count > 0) {
                        sink.accepted(accepted, count);
                    }
                    wake();
                }));
    }

    private static void withdraw(int[] positions, int from, AnswerSink sink) {
        for (int i = from; i < positions.length; i++) {
            sink.answered(positions[i], new SendOutcome.Unprocessed(UnprocessedCause.WITHDRAWN));
        }
    }

    private void wake() {
        while (outstanding < streams && !waiting.isEmpty()) {
            LockSupport.unpark(waiting.remove());
            if (waiting.size() < streams - outstanding) {
                return;
            }
        }
    }

    @Override
    public int connections() {
        return closed ? 0 : 1;
    }

    @Override
    public int outstanding() {
        return outstanding;
    }

    @Override
    public int outstandingMax() {
        return streams;
    }

    @Override
    public void close() {
        closed = true;
        waiting.forEach(LockSupport::unpark);
    }
}
