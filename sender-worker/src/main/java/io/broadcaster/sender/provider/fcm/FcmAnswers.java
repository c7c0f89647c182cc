package io.broadcaster.sender.provider.fcm;

import com.google.firebase.IncomingHttpResponse;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.MessagingErrorCode;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.AmbiguousCause;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Map;

/** What FCM's errors mean (firebase.google.com, "FCM error codes"). */
final class FcmAnswers {
    /** What FCM's page asks for when a 429 has no Retry-After. */
    static final Duration THROTTLE_PAUSE = Duration.ofSeconds(60);

    private static final Duration THROTTLE_PAUSE_MAX = Duration.ofHours(1);

    private FcmAnswers() {}

    static SendOutcome of(FirebaseMessagingException failure, Instant now) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ExchangeFailure exchange) {
                return exchange.outcome();
            }
        }
        IncomingHttpResponse response = failure.getHttpResponse();
        if (response == null) {
            // no exchange with FCM took place: the access token could not be fetched
            return new SendOutcome.Unprocessed(UnprocessedCause.TOKEN_EXPIRED);
        }
        MessagingErrorCode code = failure.getMessagingErrorCode();
        return code == null
                ? ofStatus(response.getStatusCode(), response.getHeaders(), now)
                : ofCode(code, response.getHeaders(), now);
    }

    /** The same for an answer as read from the wire; {@code errorCode} is empty or FCM's own. */
    static SendOutcome of(int status, String errorCode, Map<String, ?> headers, Instant now) {
        for (MessagingErrorCode code : MessagingErrorCode.values()) {
            if (code.name().equals(errorCode)) {
                return ofCode(code, headers, now);
            }
        }
        return ofStatus(status, headers, now);
    }

    private static SendOutcome ofCode(MessagingErrorCode code, Map<String, ?> headers, Instant now) {
        return switch (code) {
            case UNREGISTERED -> new SendOutcome.Unregistered(now);
            case INVALID_ARGUMENT -> new SendOutcome.Rejected(OutcomeCode.BAD_TOKEN);
            case SENDER_ID_MISMATCH -> new SendOutcome.Rejected(OutcomeCode.WRONG_APP);
            case THIRD_PARTY_AUTH_ERROR -> new SendOutcome.Rejected(OutcomeCode.UNAUTHORIZED);
            case QUOTA_EXCEEDED -> throttled(headers, now);
            case UNAVAILABLE -> new SendOutcome.Unprocessed(UnprocessedCause.UNAVAILABLE);
            case INTERNAL -> new SendOutcome.Ambiguous(AmbiguousCause.SERVER_ERROR);
        };
    }

    static SendOutcome ofStatus(int status, Map<String, ?> headers, Instant now) {
        return switch (status) {
            case 401, 403 -> new SendOutcome.Rejected(OutcomeCode.UNAUTHORIZED);
            case 413 -> new SendOutcome.Rejected(OutcomeCode.PAYLOAD_TOO_LARGE);
            case 429 -> throttled(headers, now);
            case 503 -> new SendOutcome.Unprocessed(UnprocessedCause.UNAVAILABLE);
            default ->
                status >= 400 && status < 500
                        ? new SendOutcome.Rejected(OutcomeCode.BAD_REQUEST)
                        : new SendOutcome.Ambiguous(AmbiguousCause.SERVER_ERROR);
        };
    }

    private static SendOutcome throttled(Map<String, ?> headers, Instant now) {
        Duration pause = headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("retry-after"))
                .map(header -> pause(header.getValue(), now))
                .findFirst()
                .orElse(THROTTLE_PAUSE);
        return new SendOutcome.Throttled(pause.compareTo(THROTTLE_PAUSE_MAX) > 0 ? THROTTLE_PAUSE_MAX : pause);
    }

    private static Duration pause(Object header, Instant now) {
        String text = header instanceof Collection<?> values && !values.isEmpty()
                ? String.valueOf(values.iterator().next())
                : String.valueOf(header);
        if (!text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration until = Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeParseException e) {
            return THROTTLE_PAUSE;
        }
    }
}
