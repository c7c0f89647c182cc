package io.broadcaster.api;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a condition, not for a time. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long POLL_NANOS = 10_000_000;

    private Eventually() {}

    /** Repeats an assertion until it holds, for at most a minute. */
    public static void eventually(Runnable assertion) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }
}
