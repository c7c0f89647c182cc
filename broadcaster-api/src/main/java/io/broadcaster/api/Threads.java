package io.broadcaster.api;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The virtual threads of one process: those of requests and dispatches, and below them those of queue calls. Closing waits
 * for the upper ones first, because a dispatch that is under way still needs the lower.
 */
record Threads(ExecutorService requests, ExecutorService calls) implements AutoCloseable {
    static Threads open() {
        return new Threads(named("api-"), named("api-call-"));
    }

    @Override
    public void close() {
        requests.close();
        calls.close();
    }

    private static ExecutorService named(String prefix) {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(prefix, 0).factory());
    }
}
