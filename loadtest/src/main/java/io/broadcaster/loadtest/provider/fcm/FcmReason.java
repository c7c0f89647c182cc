package io.broadcaster.loadtest.provider.fcm;

import java.nio.charset.StandardCharsets;

/**
 * The errors of FCM HTTP v1 that the simulator gives: HTTP status, Google's canonical status, FCM's error code
 * (firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode).
 */
public enum FcmReason {
    INVALID_ARGUMENT(400, "INVALID_ARGUMENT", "Request contains an invalid argument."),
    UNAUTHENTICATED(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."),
    PERMISSION_DENIED(403, "PERMISSION_DENIED", "Permission denied on the project."),
    NOT_FOUND(404, "NOT_FOUND", "There is no such method."),
    UNREGISTERED(404, "NOT_FOUND", "Requested entity was not found."),
    QUOTA_EXCEEDED(429, "RESOURCE_EXHAUSTED", "Quota exceeded."),
    INTERNAL(500, "INTERNAL", "Internal error encountered."),
    UNAVAILABLE(503, "UNAVAILABLE", "The service is currently unavailable.");

    private final int status;
    private final String canonical;

    @SuppressWarnings("ImmutableEnumChecker") // shared by contract and never changed, so that an answer allocates none
    private final byte[] body;

    FcmReason(int status, String canonical, String message) {
        this.status = status;
        this.canonical = canonical;
        body = json(message);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What journals and tests call it: FCM's error code, or Google's status where FCM has none. */
    public String wireName() {
        return name();
    }

    /** The shared body; never change it. */
    byte[] body() {
        return body;
    }

    /** A body that names the broken rule; {@code message} needs no escaping. */
    byte[] body(String message) {
        return json(message);
    }

    private byte[] json(String message) {
        String details = switch (this) {
            case INVALID_ARGUMENT, UNREGISTERED, QUOTA_EXCEEDED, INTERNAL, UNAVAILABLE ->
                ",\"details\":[{\"@type\":\"type.googleapis.com/google.firebase.fcm.v1.FcmError\",\"errorCode\":\""
                        + name() + "\"}]";
            case UNAUTHENTICATED, PERMISSION_DENIED, NOT_FOUND -> "";
        };
        return ("{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"status\":\"" + canonical + "\""
                        + details + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static FcmReason ofScripted(int status) {
        return switch (status) {
            case 429 -> QUOTA_EXCEEDED;
            case 500 -> INTERNAL;
            case 503 -> UNAVAILABLE;
            default -> throw new IllegalArgumentException("status must be 429, 500 or 503, but was " + status);
        };
    }
}
