package io.broadcaster.loadtest.simulate;

import java.time.Duration;
import java.util.List;

/**
 * What became of one simulated campaign: figures from the providers' journals ({@code requests}, {@code duplicated}
 * devices, {@code extraCopies}), from the ledger ({@code unknown}), the time from the press to the last outcome, the trace
 * as a number, and every violation of an invariant as a sentence.
 */
public record Judgement(
        long seed,
        Copies copies,
        long devices,
        long requests,
        long unknown,
        Duration settledAfter,
        Duration lastAcceptedAfter,
        long traceHash,
        List<String> violations) {
    public Judgement {
        violations = List.copyOf(violations);
    }

    /** Devices accepted, with more than one copy, copies beyond the first, and how many of those are allowed. */
    public record Copies(long accepted, long duplicated, long extra, long extraAllowed, long ambiguousAnswers) {}

    /** Whether every invariant does. */
    public boolean holds() {
        return violations.isEmpty();
    }
}
