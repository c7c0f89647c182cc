package io.broadcaster.loadtest.provider.apns;

import io.broadcaster.loadtest.provider.wire.HeaderLookup;
import io.netty.util.AsciiString;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of APNs about request headers (developer.apple.com: "Sending notification requests to APNs"). */
final class ApnsHeaders {
    static final AsciiString AUTHORIZATION = AsciiString.cached("authorization");
    static final AsciiString TOPIC = AsciiString.cached("apns-topic");
    static final AsciiString PUSH_TYPE = AsciiString.cached("apns-push-type");
    static final AsciiString PRIORITY = AsciiString.cached("apns-priority");
    static final AsciiString EXPIRATION = AsciiString.cached("apns-expiration");
    static final AsciiString COLLAPSE_ID = AsciiString.cached("apns-collapse-id");
    static final AsciiString ID = AsciiString.cached("apns-id");

    static final int COLLAPSE_ID_BYTES_MAX = 64;
    private static final int EXPIRATION_DIGITS_MAX = 18;

    private final AsciiString topic;
    private final AsciiString subtopicPrefix;

    /** Devices are registered for {@code topic}; its subtopics ({@code topic.voip} …) are allowed but have no devices. */
    ApnsHeaders(String topic) {
        this.topic = AsciiString.of(topic);
        subtopicPrefix = AsciiString.of(topic + ".");
    }

    /** The first rule that the headers break. */
    Optional<ApnsReason> fault(HeaderLookup headers) {
        Optional<ApnsReason> fault = topicFault(headers.get(TOPIC));
        if (fault.isEmpty()) {
            fault = typeAndPriorityFault(headers.get(PUSH_TYPE), headers.get(PRIORITY));
        }
        if (fault.isEmpty() && !isExpiration(headers.get(EXPIRATION))) {
            fault = Optional.of(ApnsReason.BAD_EXPIRATION_DATE);
        }
        CharSequence collapseId = headers.get(COLLAPSE_ID);
        if (fault.isEmpty() && collapseId != null && collapseId.length() > COLLAPSE_ID_BYTES_MAX) {
            fault = Optional.of(ApnsReason.BAD_COLLAPSE_ID);
        }
        CharSequence id = headers.get(ID);
        if (fault.isEmpty() && id != null && !ApnsId.isValid(id)) {
            fault = Optional.of(ApnsReason.BAD_MESSAGE_ID);
        }
        return fault;
    }

    private Optional<ApnsReason> topicFault(@Nullable CharSequence given) {
        if (given == null || given.isEmpty()) {
            return Optional.of(ApnsReason.MISSING_TOPIC);
        }
        if (topic.contentEquals(given)) {
            return Optional.empty();
        }
        return AsciiString.of(given).startsWith(subtopicPrefix)
                ? Optional.of(ApnsReason.DEVICE_TOKEN_NOT_FOR_TOPIC)
                : Optional.of(ApnsReason.TOPIC_DISALLOWED);
    }

    /** A background push must not have priority 10, which is also what a missing header means. */
    private static Optional<ApnsReason> typeAndPriorityFault(
            @Nullable CharSequence type, @Nullable CharSequence priority) {
        int level = priority == null ? 10 : level(priority);
        if (level == 0) {
            return Optional.of(ApnsReason.BAD_PRIORITY);
        }
        return switch (type == null ? "" : type.toString()) {
            case "alert",
                    "location",
                    "voip",
                    "complication",
                    "fileprovider",
                    "mdm",
                    "liveactivity",
                    "pushtotalk",
                    "widgets",
                    "controls" -> Optional.empty();
            case "background" -> level == 10 ? Optional.of(ApnsReason.BAD_PRIORITY) : Optional.empty();
            default -> Optional.of(ApnsReason.INVALID_PUSH_TYPE);
        };
    }

    private static int level(CharSequence priority) {
        if (AsciiString.contentEquals(priority, "10")) {
            return 10;
        }
        if (AsciiString.contentEquals(priority, "5")) {
            return 5;
        }
        return AsciiString.contentEquals(priority, "1") ? 1 : 0;
    }

    private static boolean isExpiration(@Nullable CharSequence text) {
        if (text == null) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= EXPIRATION_DIGITS_MAX;
    }
}
