package io.broadcaster.sender.provider.fcm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.sender.provider.http2.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Any answer of FCM has an outcome: accepted only by status 200, and no pause is negative or without end. */
final class FcmAnswersFuzz {
    private static final Instant NOW = Instant.parse("2026-02-08T18:30:00Z");
    private static final Duration PAUSE_MAX = Duration.ofHours(1);

    @FuzzTest
    void outcome(int status, @NotNull String retryAfter, byte @NotNull [] body) {
        SendOutcome outcome = BurstFcm.answered(new Answer(status, Map.of("retry-after", retryAfter), body), NOW);

        if (outcome instanceof SendOutcome.Accepted && status != Answer.OK) {
            throw new AssertionError("accepted by status " + status);
        }
        if (outcome instanceof SendOutcome.Throttled(Duration pause)
                && (pause.isNegative() || pause.compareTo(PAUSE_MAX) > 0)) {
            throw new AssertionError("a pause of " + pause);
        }
    }
}
