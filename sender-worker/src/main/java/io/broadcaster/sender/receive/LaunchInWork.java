package io.broadcaster.sender.receive;

import io.broadcaster.task.LaunchFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
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
