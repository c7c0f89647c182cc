package io.broadcaster.sender.send;

import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.task.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Sends batches of one platform: takes what is due from a {@link BatchRun}, hands it to the provider, waits, until every
 * device has its outcome or the batch is stopped. Each batch occupies the (virtual) thread that calls {@link #send}.
 * Bounds: the run's budget, the sender's outstanding requests, a look at the stop signal every {@link #TICK}.
 */
public final class BatchDrive {
    /** An abort must stop sends within a second. */
    static final Duration TICK = Duration.ofMillis(250);

    private final BatchSender sender;
    private final RetryPolicy retry;
    private final Optional<ThrottleGate> platformQuota;
    private final BatchRun.TimeAndChance world;
    private final WaitingClock clock;

    /** {@code platformQuota} is the gate of a provider whose 429 speaks for the whole platform, empty where it does not. */
    public BatchDrive(
            BatchSender sender,
            RetryPolicy retry,
            Optional<ThrottleGate> platformQuota,
            RandomGenerator random,
            InstantSource clock) {
        this.sender = sender;
        this.retry = retry;
        this.platformQuota = platformQuota;
        this.world = new BatchRun.TimeAndChance(clock, random);
        this.clock = WaitingClock.of(clock);
    }

    /** Requests that the provider's connections can have under way. */
    public int outstandingMax() {
        return sender.outstandingMax();
    }

    /** Sends every pending device and answers with all outcomes. Blocks until the batch has ended. */
    public BatchResult send(BatchRequest template, BatchPlan plan, StopSignal signal, BatchObserver observer) {
        Thread driver = Thread.currentThread();
        var run = new BatchRun(plan, retry, world, observer, () -> LockSupport.unpark(driver));
        var sink = new GatedSink(run, platformQuota);
        BooleanSupplier withdrawn = () -> run.stopped() || signal.check().isPresent();
        while (!run.finished()) {
            Optional<Stop> stop = stopOf(plan, signal);
            stop.ifPresent(run::stop);
            int due = stop.isPresent() ? 0 : run.due();
            int[] positions =
                    run.takeDue(platformQuota.map(gate -> gate.admit(due)).orElse(due));
            if (positions.length > 0) {
                sender.send(template.at(positions, withdrawn), sink);
            } else if (!run.finished()) {
                clock.park(run, pause(run));
            }
        }
        return run.result();
    }

    private Optional<Stop> stopOf(BatchPlan plan, StopSignal signal) {
        if (Thread.currentThread().isInterrupted()) {
            return Optional.of(Stop.GIVEN_BACK);
        }
        Optional<Stop> asked = signal.check();
        if (asked.isEmpty() && !clock.instant().isBefore(plan.notAfter())) {
            return Optional.of(Stop.EXPIRED);
        }
        return asked;
    }

    private Duration pause(BatchRun run) {
        Instant now = clock.instant();
        Instant next = run.nextDue();
        if (!next.isAfter(now) || next.isAfter(now.plus(TICK))) {
            return TICK;
        }
        return Duration.between(now, next);
    }

    /** Lets the platform's gate learn from each answer before the run does. */
    private record GatedSink(BatchRun run, Optional<ThrottleGate> gate) implements AnswerSink {
        @Override
        public void started() {
            run.started();
        }

        @Override
        public void accepted(int[] positions, int count) {
            if (gate.isPresent()) {
                gate.get().answered(SendOutcome.ACCEPTED, count);
            }
            run.accepted(positions, count);
        }

        @Override
        public void answered(int position, SendOutcome outcome) {
            if (gate.isPresent()) {
                gate.get().answered(outcome, 1);
            }
            run.answered(position, outcome);
        }
    }
}
