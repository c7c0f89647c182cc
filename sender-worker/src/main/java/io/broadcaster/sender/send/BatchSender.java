package io.broadcaster.sender.send;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The port to one provider. Asynchronous: answers arrive on the sink, exactly one per position, whatever happens; an
 * adapter that gets none makes one (time-out, closed). Safe for any thread.
 */
public interface BatchSender extends AutoCloseable {
    /** Opens and authenticates the connections with real requests that reach nobody. Blocks; repeat it while COLD. */
    Warmth warm();

    /** How long idle connections stay open after {@link #warm}: warm again by then. */
    Duration warmthLasts();

    /** Starts the attempt. Blocks only while the bound of outstanding requests is reached: run it on a virtual thread. */
    void send(BatchRequest batch, AnswerSink sink);

    /** When the token that it shows now was made; empty where it has none yet, or does not know. */
    default Optional<Instant> tokenIssuedAt() {
        return Optional.empty();
    }

    /** Connections that are open. */
    int connections();

    /** Requests without an answer so far. */
    int outstanding();

    /** Most requests without an answer. */
    int outstandingMax();

    /** Answers what is outstanding as ambiguous and closes the connections. Later attempts are answered as withdrawn. */
    @Override
    void close();
}
