package io.broadcaster.localcloud.sqs.http;

/**
 * A request that cannot be served, on its way from where that was seen to the one place that answers. It is no bug, so
 * it carries no stack. In a batch it may concern one entry only.
 */
final class Refusal extends RuntimeException {
    private final ErrorCode code;
    private final String reason;

    Refusal(ErrorCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    static Refusal invalidParameter(String name, Object value, String why) {
        return new Refusal(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Value " + value + " for parameter " + name + " is invalid. Reason: " + why);
    }

    static Refusal missing(String name) {
        return new Refusal(ErrorCode.MISSING_PARAMETER, "The request must contain the parameter " + name + ".");
    }

    ErrorCode code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
