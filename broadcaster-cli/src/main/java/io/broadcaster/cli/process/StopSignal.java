package io.broadcaster.cli.process;

import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;

/**
 * Lets the main thread wait for SIGTERM or SIGINT and drain before the JVM begins to shut down. Not a shutdown hook: those
 * run side by side, and the AWS runtime's own ends every call under way, so that a drain beside it would wait forever. One
 * per process.
 */
public final class StopSignal {
    private final CountDownLatch asked = new CountDownLatch(1);

    /** Takes over both signals. */
    public StopSignal() {
        Signals.register("TERM", asked::countDown);
        Signals.register("INT", asked::countDown);
    }

    /** Blocks until the process is asked to stop. */
    public void await() throws InterruptedException {
        asked.await();
    }
}
