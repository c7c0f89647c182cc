package io.broadcaster.sender.provider.apns;

import com.eatthepath.pushy.apns.PushNotificationResponse;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.AmbiguousCause;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import java.time.Duration;
import java.time.Instant;

/** What APNs' answers mean (developer.apple.com, "Handling notification responses from APNs"). */
final class ApnsAnswers {
    /** Apple names none and Pushy shows no Retry-After; its 429 is about one device. */
    static final Duration THROTTLE_PAUSE = Duration.ofSeconds(5);

    /** The provider token is older than an hour by Apple's clock. */
    static final String EXPIRED_TOKEN = "ExpiredProviderToken";

    private ApnsAnswers() {}

    static SendOutcome of(PushNotificationResponse<?> response, Instant now) {
        if (response.isAccepted()) {
            return SendOutcome.ACCEPTED;
        }
        return of(
                response.getStatusCode(),
                response.getRejectionReason().orElse(""),
                response.getTokenInvalidationTimestamp().orElse(now));
    }

    static SendOutcome of(int status, String reason, Instant invalidSince) {
        return switch (reason) {
            case "Unregistered", "ExpiredToken" -> new SendOutcome.Unregistered(invalidSince);
            case "BadDeviceToken", "MissingDeviceToken" -> new SendOutcome.Rejected(OutcomeCode.BAD_TOKEN);
            case "DeviceTokenNotForTopic", "TopicDisallowed" -> new SendOutcome.Rejected(OutcomeCode.WRONG_APP);
            case "PayloadTooLarge" -> new SendOutcome.Rejected(OutcomeCode.PAYLOAD_TOO_LARGE);
            case EXPIRED_TOKEN -> new SendOutcome.Unprocessed(UnprocessedCause.TOKEN_EXPIRED);
            case "IdleTimeout" -> new SendOutcome.Unprocessed(UnprocessedCause.UNAVAILABLE);
            default -> ofStatus(status, invalidSince);
        };
    }

    private static SendOutcome ofStatus(int status, Instant invalidSince) {
        return switch (status) {
            case 403 -> new SendOutcome.Rejected(OutcomeCode.UNAUTHORIZED);
            case 410 -> new SendOutcome.Unregistered(invalidSince);
            case 413 -> new SendOutcome.Rejected(OutcomeCode.PAYLOAD_TOO_LARGE);
            case 429 -> new SendOutcome.Throttled(THROTTLE_PAUSE);
            case 503 -> new SendOutcome.Unprocessed(UnprocessedCause.UNAVAILABLE);
            default ->
                status >= 400 && status < 500
                        ? new SendOutcome.Rejected(OutcomeCode.BAD_REQUEST)
                        : new SendOutcome.Ambiguous(AmbiguousCause.SERVER_ERROR);
        };
    }
}
