package io.broadcaster.cli.process;

import java.util.Map;

/**
 * A started process: {@code facts} are what others need to know of it (its URIs), {@code stop} drains it. Closing is the
 * only way to stop it.
 */
public record Running(Map<String, String> facts, Runnable stop) implements AutoCloseable {
    public Running {
        facts = Map.copyOf(facts);
    }

    @Override
    public void close() {
        stop.run();
    }
}
