package io.broadcaster.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until the test moves it. Safe for any thread. */
public final class TestClock implements InstantSource {
    private Instant now;

    private TestClock(Instant start) {
        this.now = start;
    }

    /** A clock at {@link Fixtures#NOW}. */
    public static TestClock atFixtures() {
        return new TestClock(Fixtures.NOW);
    }

    /** A clock at {@code start}. */
    public static TestClock at(Instant start) {
        return new TestClock(start);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves the clock forward (or back, with a negative duration) and answers with the new time. */
    public synchronized Instant advance(Duration by) {
        now = now.plus(by);
        return now;
    }

    /** Sets the clock. */
    public synchronized void set(Instant to) {
        now = to;
    }
}
