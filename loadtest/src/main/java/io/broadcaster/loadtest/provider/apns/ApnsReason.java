package io.broadcaster.loadtest.provider.apns;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/**
 * The reasons of APNs that the simulator gives, with their status (developer.apple.com: "Handling notification responses
 * from APNs").
 */
public enum ApnsReason {
    BAD_COLLAPSE_ID(400, "BadCollapseId"),
    BAD_DEVICE_TOKEN(400, "BadDeviceToken"),
    BAD_EXPIRATION_DATE(400, "BadExpirationDate"),
    BAD_MESSAGE_ID(400, "BadMessageId"),
    BAD_PRIORITY(400, "BadPriority"),
    DEVICE_TOKEN_NOT_FOR_TOPIC(400, "DeviceTokenNotForTopic"),
    INVALID_PUSH_TYPE(400, "InvalidPushType"),
    MISSING_DEVICE_TOKEN(400, "MissingDeviceToken"),
    MISSING_TOPIC(400, "MissingTopic"),
    /** Also given where the payload is no JSON object with an {@code aps} object: Apple names no reason for that. */
    PAYLOAD_EMPTY(400, "PayloadEmpty"),
    TOPIC_DISALLOWED(400, "TopicDisallowed"),
    EXPIRED_PROVIDER_TOKEN(403, "ExpiredProviderToken"),
    INVALID_PROVIDER_TOKEN(403, "InvalidProviderToken"),
    MISSING_PROVIDER_TOKEN(403, "MissingProviderToken"),
    BAD_PATH(404, "BadPath"),
    METHOD_NOT_ALLOWED(405, "MethodNotAllowed"),
    UNREGISTERED(410, "Unregistered"),
    PAYLOAD_TOO_LARGE(413, "PayloadTooLarge"),
    TOO_MANY_REQUESTS(429, "TooManyRequests"),
    INTERNAL_SERVER_ERROR(500, "InternalServerError"),
    SERVICE_UNAVAILABLE(503, "ServiceUnavailable");

    private final int status;
    private final String wireName;

    @SuppressWarnings("ImmutableEnumChecker") // shared by contract and never changed, so that an answer allocates none
    private final byte[] body;

    ApnsReason(int status, String wireName) {
        this.status = status;
        this.wireName = wireName;
        body = ("{\"reason\":\"" + wireName + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The reason as Apple spells it. */
    public String wireName() {
        return wireName;
    }

    /** The shared body without a timestamp; never change it. */
    byte[] body() {
        return body;
    }

    /** The body of a 410: the token is dead since this time. */
    byte[] body(long deadSinceMillis) {
        return new AsciiString("{\"reason\":\"" + wireName + "\",\"timestamp\":" + deadSinceMillis + "}").toByteArray();
    }

    static ApnsReason ofScripted(int status) {
        return switch (status) {
            case 429 -> TOO_MANY_REQUESTS;
            case 500 -> INTERNAL_SERVER_ERROR;
            case 503 -> SERVICE_UNAVAILABLE;
            default -> throw new IllegalArgumentException("status must be 429, 500 or 503, but was " + status);
        };
    }
}
