package io.broadcaster.sender.send;

import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.SendOutcome;
import java.time.Instant;

/** Sees the moments of a batch, for timings and counters. Called from any thread, in no fixed order; never blocks. */
public interface BatchObserver {
    /** The first request of the batch is on its way. */
    void firstRequest(Instant at);

    /** The first answer of any kind has come. */
    void firstAnswer(Instant at);

    /** An attempt at each of so many devices ended so. */
    void attempts(SendOutcome outcome, int devices);

    /** So many devices have their outcome by an answer of the provider. */
    void settled(OutcomeCode code, int devices, Instant at);
}
