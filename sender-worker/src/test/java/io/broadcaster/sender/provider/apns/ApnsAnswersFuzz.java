package io.broadcaster.sender.provider.apns;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.sender.provider.http2.Answer;
import java.time.Instant;
import java.util.Map;

/** Any answer of APNs has an outcome, and none but a plain 200 counts as accepted. */
final class ApnsAnswersFuzz {
    private static final Instant NOW = Instant.parse("2026-02-08T18:30:00Z");

    @FuzzTest
    void outcome(int status, byte @NotNull [] body) {
        SendOutcome outcome = BurstApns.outcome(new Answer(status, Map.of(), body), NOW);

        if (outcome instanceof SendOutcome.Accepted) {
            throw new AssertionError("accepted by status " + status);
        }
        if (outcome instanceof SendOutcome.Unregistered(Instant since)) {
            var _ = since.toEpochMilli(); // the ledger keeps it so
        }
    }
}
