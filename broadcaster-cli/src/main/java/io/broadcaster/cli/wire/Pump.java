package io.broadcaster.cli.wire;

/**
 * A client of the bare peer that keeps as many requests under way as it can. {@link #run} blocks until the count is
 * stopped; answers may come on any thread.
 */
interface Pump extends AutoCloseable {
    /** Sends until {@code answers} says stop. */
    void run(Answers answers) throws InterruptedException;

    @Override
    void close();
}
