package io.broadcaster.cli.wire;

import java.util.concurrent.atomic.LongAdder;

/** What came back so far. Safe for any thread. */
final class Answers {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder other = new LongAdder();
    private volatile boolean stopped;

    void accepted(long count) {
        accepted.add(count);
    }

    void other() {
        other.increment();
    }

    long accepted() {
        return accepted.sum();
    }

    /** Anything that is not an acceptance; the bare peer gives none, so each is a fault. */
    long others() {
        return other.sum();
    }

    void stop() {
        stopped = true;
    }

    boolean stopped() {
        return stopped;
    }
}
