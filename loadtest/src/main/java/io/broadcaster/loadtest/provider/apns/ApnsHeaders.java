package io.broadcaster.loadtest.provider.apns;

import io.broadcaster.loadtest.provider.hpack.FieldNames;
import io.broadcaster.loadtest.provider.hpack.HeaderField;
import io.broadcaster.loadtest.provider.wire.ProviderRequest;
import io.broadcaster.loadtest.provider.wire.Slice;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of APNs about request headers (developer.apple.com: "Sending notification requests to APNs"). */
final class ApnsHeaders {
    /** What the rules read. Only the id differs from push to push; of the path that goes without saying. */
    static final FieldNames NAMES = FieldNames.of(
            List.of(
                    "authorization",
                    "apns-topic",
                    "apns-push-type",
                    "apns-priority",
                    "apns-expiration",
                    "apns-collapse-id",
                    "apns-id"),
            List.of("apns-id"));

    static final int AUTHORIZATION = FieldNames.WANTED;
    static final int TOPIC = AUTHORIZATION + 1;
    static final int PUSH_TYPE = TOPIC + 1;
    static final int PRIORITY = PUSH_TYPE + 1;
    static final int EXPIRATION = PRIORITY + 1;
    static final int COLLAPSE_ID = EXPIRATION + 1;
    static final int ID = COLLAPSE_ID + 1;

    static final int COLLAPSE_ID_BYTES_MAX = 64;

    private final String topic;
    private final String subtopicPrefix;
    private final ApnsId id = new ApnsId();

    /** Devices are registered for {@code topic}; its subtopics ({@code topic.voip} …) are allowed but have no devices. */
    ApnsHeaders(String topic) {
        this.topic = topic;
        subtopicPrefix = topic + ".";
    }

    /** The first rule that the headers break. */
    Optional<ApnsReason> fault(ProviderRequest request) {
        Optional<ApnsReason> fault = topicFault(text(request.field(TOPIC)));
        if (fault.isEmpty()) {
            fault = typeAndPriorityFault(text(request.field(PUSH_TYPE)), request.field(PRIORITY));
        }
        if (fault.isEmpty() && !isExpiration(request.field(EXPIRATION))) {
            fault = Optional.of(ApnsReason.BAD_EXPIRATION_DATE);
        }
        if (fault.isEmpty() && text(request.field(COLLAPSE_ID)).length() > COLLAPSE_ID_BYTES_MAX) {
            fault = Optional.of(ApnsReason.BAD_COLLAPSE_ID);
        }
        Slice given = request.slice(ID);
        if (fault.isEmpty() && given.isPresent() && !id.read(given)) {
            fault = Optional.of(ApnsReason.BAD_MESSAGE_ID);
        }
        return fault;
    }

    /** The value, or nothing when the header is absent. */
    static String text(@Nullable HeaderField field) {
        return field == null ? "" : field.text();
    }

    private Optional<ApnsReason> topicFault(String given) {
        if (given.isEmpty()) {
            return Optional.of(ApnsReason.MISSING_TOPIC);
        }
        if (given.equals(topic)) {
            return Optional.empty();
        }
        return given.startsWith(subtopicPrefix)
                ? Optional.of(ApnsReason.DEVICE_TOKEN_NOT_FOR_TOPIC)
                : Optional.of(ApnsReason.TOPIC_DISALLOWED);
    }

    /** A background push must not have priority 10, which is also what a missing header means. */
    private static Optional<ApnsReason> typeAndPriorityFault(String type, @Nullable HeaderField priority) {
        int level = priority == null ? 10 : level(priority.text());
        if (level == 0) {
            return Optional.of(ApnsReason.BAD_PRIORITY);
        }
        return switch (type) {
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

    private static int level(String priority) {
        return switch (priority) {
            case "10" -> 10;
            case "5" -> 5;
            case "1" -> 1;
            default -> 0;
        };
    }

    private static boolean isExpiration(@Nullable HeaderField field) {
        return field == null || field.number() >= 0;
    }
}
