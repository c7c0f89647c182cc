package io.broadcaster.sender.provider.apns;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.delivery.SendOutcome;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApnsAnswersTest {
    @ParameterizedTest
    @CsvSource({
        "410, Unregistered, Unregistered[since=2026-01-02T03:04:05Z]",
        "410, ExpiredToken, Unregistered[since=2026-01-02T03:04:05Z]",
        "400, BadDeviceToken, Rejected[code=BAD_TOKEN]",
        "400, DeviceTokenNotForTopic, Rejected[code=WRONG_APP]",
        "400, BadCollapseId, Rejected[code=BAD_REQUEST]",
        "413, PayloadTooLarge, Rejected[code=PAYLOAD_TOO_LARGE]",
        "403, InvalidProviderToken, Rejected[code=UNAUTHORIZED]",
        "403, ExpiredProviderToken, Unprocessed[cause=TOKEN_EXPIRED]",
        "429, TooManyRequests, Throttled[pause=PT5S]",
        "429, TooManyProviderTokenUpdates, Throttled[pause=PT5S]",
        "503, Shutdown, Unprocessed[cause=UNAVAILABLE]",
        "503, ServiceUnavailable, Unprocessed[cause=UNAVAILABLE]",
        "500, InternalServerError, Ambiguous[cause=SERVER_ERROR]",
        "302, '', Ambiguous[cause=SERVER_ERROR]"
    })
    void of_everyDocumentedAnswer_isClassified(int status, String reason, String outcome) {
        SendOutcome judged = ApnsAnswers.of(status, reason, Instant.parse("2026-01-02T03:04:05Z"));

        assertThat(judged).hasToString(outcome);
    }
}
