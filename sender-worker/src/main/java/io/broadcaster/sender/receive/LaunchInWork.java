package io.broadcaster.sender.receive;

import io.broadcaster.task.LaunchFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One launch while batches of it are in work here. Any thread asks whether it was aborted: one volatile read. */
final class LaunchInWork {
    private static final Logger log = LoggerFactory.getLogger(LaunchInWork.class);

    private final LaunchFacts facts;
    private final AtomicInteger inWork = new AtomicInteger();
    private final LongAdder batches = new LongAdder();
    private final LongAdder devices = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private volatile boolean aborted;
    private volatile @Nullable Instant notAbortedAt;
    private volatile Duration behind = Duration.ZERO;
    private volatile Instant lastActive;

    LaunchInWork(LaunchFacts facts, Instant now) {
        this.facts = facts;
        lastActive = now;
    }

    LaunchFacts facts() {
        return facts;
    }

    boolean aborted() {
        return aborted;
    }

    /** The launch was read at {@code asked} or later and was not aborted. */
    void notAborted(Instant asked) {
        notAbortedAt = asked;
    }

    /**
     * Whether it was neither pressed nor read within so long: it may have been aborted before that, unnoticed. A clock that is
     * known to be behind by more cannot say that it was just pressed.
     */
    boolean unwatchedFor(Duration time, Instant now) {
        Instant read = notAbortedAt;
        if (read == null) {
            return behind.compareTo(time) > 0 || now.isAfter(facts.pressedAt().plus(time));
        }
        return now.isAfter(read.plus(time));
    }

    /** A message of it, sent at that time by the queue's clock, was there at {@code now} by ours. */
    void received(Instant sentAt, Instant now) {
        Duration lag = Duration.between(now, sentAt);
        if (lag.compareTo(behind) > 0) {
            behind = lag;
        }
    }

    /** Not-after by our clock, which is behind the queue's at least as far as a message came before it was sent. */
    Instant notAfterHere() {
        return facts.notAfter().minus(behind);
    }

    void abort() {
        aborted = true;
        log.atInfo()
                .addKeyValue("campaign", facts.campaign())
                .addKeyValue("launch", facts.id())
                .log("launch aborted: sending stops");
    }

    void enter() {
        inWork.incrementAndGet();
    }

    void leave(Instant now) {
        lastActive = now;
        inWork.decrementAndGet();
    }

    /** A batch was recorded: so many devices got their outcome, by so many requests. */
    void recorded(long devicesSettled, long requestsMade) {
        batches.increment();
        devices.add(devicesSettled);
        requests.add(requestsMade);
    }

    boolean idle() {
        return inWork.get() == 0;
    }

    boolean idleSince(Instant before) {
        return idle() && lastActive.isBefore(before);
    }

    void summarize() {
        if (batches.sum() == 0) {
            return;
        }
        log.atInfo()
                .addKeyValue("campaign", facts.campaign())
                .addKeyValue("launch", facts.id())
                .addKeyValue("batches", batches.sum())
                .addKeyValue("devices", devices.sum())
                .addKeyValue("requests", requests.sum())
                .addKeyValue(
                        "msSincePress",
                        Duration.between(facts.pressedAt(), lastActive).toMillis())
                .log("launch sent as far as it came here");
    }
}
