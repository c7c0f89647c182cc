package io.broadcaster.sender.provider.http2;

import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop with its connections and the attempts that wait for them. Connections take requests in turn, as many as
 * each has free streams, so that a slow one takes few. Confined to the loop but where said. Bound: what the callers of
 * {@link #submit} have in work.
 */
final class BurstLoop implements Executor {
    private static final SendOutcome CONNECT_FAILED = new SendOutcome.Unprocessed(UnprocessedCause.CONNECT_FAILED);

    private static final Logger log = LoggerFactory.getLogger(BurstLoop.class);

    private final EventLoop executor;
    private final LoopClock clock;
    private final List<Lane> lanes = new ArrayList<>();
    private final ArrayDeque<Attempt> waiting = new ArrayDeque<>();
    private final List<Attempt> toReport = new ArrayList<>();
    private int[] reported = new int[0]; // as large as the largest attempt so far
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger outstanding = new AtomicInteger();
    private final AtomicInteger ready = new AtomicInteger();
    private int turn;
    private boolean closed;

    BurstLoop(EventLoop executor, LoopClock clock) {
        this.executor = executor;
        this.clock = clock;
    }

    /** Before the loop is used. */
    void add(Lane lane) {
        lanes.add(lane);
    }

    /** The connections' places; any thread. */
    List<Lane> lanes() {
        return lanes;
    }

    EventLoop executor() {
        return executor;
    }

    LoopClock clock() {
        return clock;
    }

    /** Any thread. */
    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** Devices that wait or are without an answer; any thread. */
    int unanswered() {
        return unanswered.get();
    }

    /** Devices whose request is on its way; any thread. */
    int outstanding() {
        return outstanding.get();
    }

    /** Connections that take requests; any thread. */
    int ready() {
        return ready.get();
    }

    /** Takes an attempt; any thread. {@link java.util.concurrent.RejectedExecutionException} once the loop has ended. */
    void submit(Attempt attempt) {
        unanswered.addAndGet(attempt.size());
        executor.execute(() -> {
            if (closed) {
                answerRest(attempt, Attempt.WITHDRAWN);
                return;
            }
            waiting.add(attempt);
            lanes.forEach(Lane::want);
            pumpAll();
        });
    }

    /** Gives the waiting attempts to all connections in turn, until none takes any more. */
    private void pumpAll() {
        int refused = 0;
        while (!waiting.isEmpty() && refused < lanes.size()) {
            BurstConnection connection = lanes.get(turn).connection();
            turn = (turn + 1) % lanes.size();
            refused = connection != null && fill(connection) ? 0 : refused + 1;
        }
        for (Lane lane : lanes) {
            BurstConnection connection = lane.connection();
            if (connection != null) {
                connection.flush();
            }
        }
    }

    /** The connection may have free streams: it takes what waits, and what it has answered is reported. */
    void pump(BurstConnection connection) {
        report();
        while (!waiting.isEmpty() && fill(connection)) {
            // until it takes no more
        }
        connection.flush();
    }

    /** Lets the connection take requests of the first attempt; false when it takes none. */
    private boolean fill(BurstConnection connection) {
        if (!connection.takes()) {
            return false;
        }
        Attempt attempt = waiting.getFirst();
        if (!attempt.mayStart(clock.now())) {
            waiting.removeFirst();
            answerRest(attempt, Attempt.WITHDRAWN);
            return true;
        }
        int before = attempt.left();
        try {
            connection.fill(attempt);
        } catch (RuntimeException e) {
            // its tokens are gone: the batch was given back, and its snapshot with it
            log.warn("a batch could not be read while it was sent", e);
            outstanding.addAndGet(before - attempt.left());
            waiting.removeFirst();
            answerRest(attempt, Attempt.WITHDRAWN);
            return true;
        }
        int started = before - attempt.left();
        outstanding.addAndGet(started);
        if (attempt.left() == 0) {
            waiting.removeFirst();
        }
        return started > 0;
    }

    private void answerRest(Attempt attempt, SendOutcome outcome) {
        unanswered.addAndGet(-attempt.answerRest(outcome));
    }

    /** The attempt has accepted devices to report at the end of this read. */
    void toReport(Attempt attempt) {
        toReport.add(attempt);
    }

    /** Hands over what was accepted. */
    void report() {
        if (!toReport.isEmpty()) {
            int devices = 0;
            for (Attempt attempt : toReport) {
                devices += attempt.report(roomFor(attempt));
            }
            toReport.clear();
            answered(devices);
        }
    }

    private int[] roomFor(Attempt attempt) {
        if (reported.length < attempt.size()) {
            reported = new int[attempt.size()];
        }
        return reported;
    }

    /** So many devices whose request was started were answered. */
    void answered(int devices) {
        outstanding.addAndGet(-devices);
        unanswered.addAndGet(-devices);
    }

    /** Connections came or went. */
    void ready(int more) {
        ready.addAndGet(more);
        if (more > 0) {
            pumpAll();
        }
    }

    /** A connection did not come about: when no other is there or on its way, nothing waits for one. */
    void failed() {
        if (ready.get() == 0 && lanes.stream().noneMatch(Lane::connecting)) {
            for (Attempt attempt = waiting.poll(); attempt != null; attempt = waiting.poll()) {
                answerRest(attempt, CONNECT_FAILED);
            }
        }
    }

    /** Looks at all that time ends. */
    void sweep() {
        lanes.forEach(Lane::sweep);
        report();
        waiting.removeIf(attempt -> {
            if (attempt.mayStart(clock.now())) {
                return false;
            }
            answerRest(attempt, Attempt.WITHDRAWN);
            return true;
        });
        pumpAll(); // time-outs made room
    }

    void close() {
        closed = true;
        for (Attempt attempt : waiting) {
            answerRest(attempt, Attempt.WITHDRAWN);
        }
        waiting.clear();
        lanes.forEach(Lane::close);
        report();
    }
}
