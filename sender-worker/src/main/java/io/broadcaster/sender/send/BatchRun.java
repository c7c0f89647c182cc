package io.broadcaster.sender.send;

import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.delivery.LedgerRow.DeadToken;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The life of one batch as a state machine over a clock: which devices are due, what an answer means under the policy and
 * the budget, what is left when it is stopped. It sends nothing itself. Safe for any thread: adapters answer, one driver
 * takes what is due. A device's outcome, once terminal, never changes.
 */
final class BatchRun implements AnswerSink {
    private static final byte PENDING = OutcomeCode.PENDING.code();
    private static final long OUTSTANDING = Long.MAX_VALUE;

    private final BatchPlan plan;
    private final RetryPolicy retry;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final BatchObserver observer;
    private final Runnable wake;
    private final ReentrantLock lock = new ReentrantLock();

    private final byte[] outcomes;
    private final boolean[] maybeSent;
    private final byte[] requests;
    private final byte[] ambiguous;
    private final long[] dueAtMillis;
    private final List<DeadToken> deadTokens = new ArrayList<>();
    private int pending;
    private int outstanding;
    private long requestCount;
    private Instant firstSentAt = Instant.EPOCH;
    private Instant lastAnsweredAt = Instant.EPOCH;
    private volatile @Nullable Stop stop;
    private boolean ended;

    /** What a run cannot decide by itself. */
    record TimeAndChance(InstantSource clock, RandomGenerator random) {}

    /** {@code wake} is run, by the thread that answers, when the driver has something to do sooner than it knew. */
    BatchRun(BatchPlan plan, RetryPolicy retry, TimeAndChance world, BatchObserver observer, Runnable wake) {
        this.plan = plan;
        this.retry = retry;
        this.random = world.random();
        this.clock = world.clock();
        this.observer = observer;
        this.wake = wake;
        int devices = plan.outcomes().length;
        outcomes = plan.outcomes().clone();
        maybeSent = new boolean[devices];
        Arrays.fill(maybeSent, plan.maybeSent());
        requests = new byte[devices];
        ambiguous = new byte[devices];
        dueAtMillis = new long[devices];
        for (byte outcome : outcomes) {
            pending += outcome == PENDING ? 1 : 0;
        }
        ended = pending == 0;
    }

    /** Takes up to {@code max} devices whose time has come: each must now be sent and answered. */
    int[] takeDue(int max) {
        lock.lock();
        try {
            if (ended || stop != null) {
                return new int[0];
            }
            long now = clock.millis();
            int[] due = new int[Math.min(max, pending - outstanding)];
            int taken = 0;
            for (int i = 0; i < outcomes.length && taken < due.length; i++) {
                if (outcomes[i] == PENDING && dueAtMillis[i] <= now) {
                    dueAtMillis[i] = OUTSTANDING;
                    requests[i]++;
                    due[taken++] = i;
                }
            }
            outstanding += taken;
            requestCount += taken;
            return taken == due.length ? due : Arrays.copyOf(due, taken);
        } finally {
            lock.unlock();
        }
    }

    /** How many devices are due now. */
    int due() {
        lock.lock();
        try {
            if (ended || stop != null) {
                return 0;
            }
            long now = clock.millis();
            int due = 0;
            for (int i = 0; i < outcomes.length; i++) {
                due += outcomes[i] == PENDING && dueAtMillis[i] <= now ? 1 : 0;
            }
            return due;
        } finally {
            lock.unlock();
        }
    }

    /** When the next device comes due; far in the future when all that is left is outstanding. */
    Instant nextDue() {
        lock.lock();
        try {
            long next = Long.MAX_VALUE;
            for (int i = 0; i < outcomes.length; i++) {
                if (outcomes[i] == PENDING) {
                    next = Math.min(next, dueAtMillis[i]);
                }
            }
            return next == Long.MAX_VALUE ? Instant.MAX : Instant.ofEpochMilli(next);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void started() {
        Instant now = clock.instant();
        lock.lock();
        try {
            if (!firstSentAt.equals(Instant.EPOCH)) {
                return;
            }
            firstSentAt = now;
        } finally {
            lock.unlock();
        }
        observer.firstRequest(now);
    }

    @Override
    public void answered(int position, SendOutcome outcome) {
        Instant now = clock.instant();
        boolean first;
        OutcomeCode settled;
        lock.lock();
        try {
            if (ended || outcomes[position] != PENDING || dueAtMillis[position] != OUTSTANDING) {
                return;
            }
            outstanding--;
            boolean withdrawn =
                    outcome instanceof SendOutcome.Unprocessed(var cause) && cause == UnprocessedCause.WITHDRAWN;
            first = !withdrawn && lastAnsweredAt.equals(Instant.EPOCH);
            lastAnsweredAt = withdrawn ? lastAnsweredAt : now;
            dueAtMillis[position] = now.toEpochMilli();
            settled = judge(position, outcome, now);
            settle(position, settled);
            Stop why = stop;
            if (settled == OutcomeCode.PENDING && why != null) {
                settle(position, left(position, why));
            }
        } finally {
            lock.unlock();
        }
        observer.attempts(outcome, 1);
        if (first) {
            observer.firstAnswer(now);
        }
        if (settled != OutcomeCode.PENDING) {
            observer.settled(settled, 1, now);
        }
        if (settled == OutcomeCode.PENDING || finished()) {
            wake.run();
        }
    }

    @Override
    public void accepted(int[] positions, int count) {
        Instant now = clock.instant();
        int settled = 0;
        boolean first;
        lock.lock();
        try {
            first = lastAnsweredAt.equals(Instant.EPOCH);
            for (int i = 0; i < count; i++) {
                int position = positions[i];
                if (!ended && outcomes[position] == PENDING && dueAtMillis[position] == OUTSTANDING) {
                    outcomes[position] = OutcomeCode.ACCEPTED.code();
                    settled++;
                }
            }
            if (settled == 0) {
                return;
            }
            lastAnsweredAt = now;
            outstanding -= settled;
            pending -= settled;
            ended |= pending == 0;
        } finally {
            lock.unlock();
        }
        observer.attempts(SendOutcome.ACCEPTED, settled);
        if (first) {
            observer.firstAnswer(now);
        }
        observer.settled(OutcomeCode.ACCEPTED, settled, now);
        if (finished()) {
            wake.run();
        }
    }

    /** Ends the sending: at once when given back, else as soon as the outstanding requests are answered. Repeatable. */
    void stop(Stop why) {
        lock.lock();
        try {
            if (ended || stop == Stop.GIVEN_BACK) {
                return;
            }
            stop = why;
            for (int i = 0; i < outcomes.length; i++) {
                if (outcomes[i] == PENDING) {
                    settle(i, left(i, why));
                }
            }
            ended |= why == Stop.GIVEN_BACK;
        } finally {
            lock.unlock();
        }
    }

    /** What becomes of a device that is still pending when the batch stops. */
    private OutcomeCode left(int position, Stop why) {
        boolean isOutstanding = dueAtMillis[position] == OUTSTANDING;
        return switch (why) {
            case EXPIRED -> isOutstanding ? OutcomeCode.PENDING : neverSent(position, OutcomeCode.EXPIRED);
            case ABORTED -> isOutstanding ? OutcomeCode.PENDING : neverSent(position, OutcomeCode.SUPPRESSED);
            case GIVEN_BACK -> {
                maybeSent[position] |= isOutstanding;
                yield isOutstanding && plan.policy() == DeliveryPolicy.AT_MOST_ONCE
                        ? OutcomeCode.UNKNOWN
                        : OutcomeCode.PENDING;
            }
        };
    }

    private void settle(int position, OutcomeCode code) {
        if (code != OutcomeCode.PENDING) {
            outcomes[position] = code.code();
            pending--;
            ended |= pending == 0;
        }
    }

    /** Whether nothing is left to do. */
    boolean finished() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Whether no further request may start. */
    boolean stopped() {
        return stop != null;
    }

    /** What is known; complete once {@link #finished}. */
    BatchResult result() {
        lock.lock();
        try {
            boolean unsent = true;
            for (int i = 0; i < outcomes.length; i++) {
                unsent &= outcomes[i] != PENDING || !maybeSent[i];
            }
            return new BatchResult(outcomes.clone(), unsent, firstSentAt, lastAnsweredAt, deadTokens, requestCount);
        } finally {
            lock.unlock();
        }
    }

    /** The terminal code that the answer leads to, or PENDING when the device is to be sent again. */
    private OutcomeCode judge(int position, SendOutcome outcome, Instant now) {
        return switch (outcome) {
            case SendOutcome.Accepted _ -> OutcomeCode.ACCEPTED;
            case SendOutcome.Rejected(var code) -> code;
            case SendOutcome.Unregistered(var since) -> {
                deadTokens.add(new DeadToken(position, since));
                yield OutcomeCode.UNREGISTERED;
            }
            case SendOutcome.Throttled(var pause) ->
                again(position, OutcomeCode.THROTTLED, retry.askedPauseMillis(pause, requests[position], random), now);
            case SendOutcome.Unprocessed(var cause) -> unprocessed(position, cause, now);
            case SendOutcome.Ambiguous _ -> ambiguous(position, now);
        };
    }

    private OutcomeCode unprocessed(int position, UnprocessedCause cause, Instant now) {
        if (cause == UnprocessedCause.WITHDRAWN) {
            requests[position]--;
            requestCount--;
            dueAtMillis[position] = now.toEpochMilli() + retry.pauseMillis(1, random);
            return OutcomeCode.PENDING;
        }
        return again(position, OutcomeCode.UNAVAILABLE, retry.pauseMillis(requests[position], random), now);
    }

    private OutcomeCode ambiguous(int position, Instant now) {
        maybeSent[position] = true;
        ambiguous[position]++;
        if (plan.policy() == DeliveryPolicy.AT_MOST_ONCE || ambiguous[position] >= retry.ambiguousMax()) {
            return OutcomeCode.UNKNOWN;
        }
        return again(position, OutcomeCode.UNKNOWN, retry.pauseMillis(requests[position], random), now);
    }

    private OutcomeCode again(int position, OutcomeCode atLast, long pauseMillis, Instant now) {
        boolean overTime = !firstSentAt.equals(Instant.EPOCH)
                && now.plusMillis(pauseMillis).isAfter(firstSentAt.plus(retry.giveUpAfter()));
        if (requests[position] >= retry.requestsMax() || overTime) {
            return neverSent(position, atLast);
        }
        dueAtMillis[position] = now.toEpochMilli() + pauseMillis;
        return OutcomeCode.PENDING;
    }

    /** {@code code}, which claims that the device was not reached, unless some earlier attempt may have reached it. */
    private OutcomeCode neverSent(int position, OutcomeCode code) {
        return maybeSent[position] ? OutcomeCode.UNKNOWN : code;
    }
}
