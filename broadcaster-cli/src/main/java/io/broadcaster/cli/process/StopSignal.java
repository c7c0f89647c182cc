package io.broadcaster.cli.process;

import java.util.concurrent.CountDownLatch;

/**
 * Lets the main thread wait for SIGTERM or SIGINT and drain before the JVM goes: the shutdown hook wakes the waiter and
 * then waits itself until {@link #drained}. One per process.
 */
public final class StopSignal {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch drained = new CountDownLatch(1);

    /** Registers the hook. */
    public StopSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::askAndWait, "stop-signal"));
    }

    /** Blocks until the process is asked to stop. */
    public void await() throws InterruptedException {
        asked.await();
    }

    /** Lets the JVM end. */
    public void drained() {
        drained.countDown();
    }

    private void askAndWait() {
        asked.countDown();
        try {
            drained.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
