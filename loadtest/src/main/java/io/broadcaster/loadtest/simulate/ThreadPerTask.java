package io.broadcaster.loadtest.simulate;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** A virtual thread per task, of the process that submits it, and nothing shared with other worlds. Never shut down. */
final class ThreadPerTask extends AbstractExecutorService {
    @Override
    public void execute(Runnable task) {
        Thread.ofVirtual().start(task);
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("it ends with its process");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("it ends with its process");
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
