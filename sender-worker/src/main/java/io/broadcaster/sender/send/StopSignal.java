package io.broadcaster.sender.send;

import java.util.Optional;

/** Says whether a batch must stop now: asked before every request, so it must be cheap. Safe for any thread. */
@FunctionalInterface
public interface StopSignal {
    /** The reason to stop, or empty to go on. Once present it stays. */
    Optional<Stop> check();
}
