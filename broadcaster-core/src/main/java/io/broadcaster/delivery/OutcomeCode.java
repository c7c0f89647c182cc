package io.broadcaster.delivery;

/** An outcome with its reason, as one byte of the ledger. Codes are part of the stored form: never renumber. */
public enum OutcomeCode {
    PENDING(0, Outcome.PENDING),
    ACCEPTED(1, Outcome.ACCEPTED),
    UNREGISTERED(2, Outcome.UNREGISTERED),
    EXPIRED(3, Outcome.EXPIRED),
    SUPPRESSED(4, Outcome.SUPPRESSED),
    UNKNOWN(5, Outcome.UNKNOWN),
    /** APNs BadDeviceToken, FCM INVALID_ARGUMENT: not proof that the token is dead (wrong environment, bad payload). */
    BAD_TOKEN(16, Outcome.REJECTED),
    /** APNs DeviceTokenNotForTopic, FCM SENDER_ID_MISMATCH: a fault of the set-up. */
    WRONG_APP(17, Outcome.REJECTED),
    PAYLOAD_TOO_LARGE(18, Outcome.REJECTED),
    /** The provider found the request itself wrong. */
    BAD_REQUEST(19, Outcome.REJECTED),
    /** The provider refused our credentials. */
    UNAUTHORIZED(20, Outcome.REJECTED),
    /** Still throttled (429) when the retry budget ended. */
    THROTTLED(21, Outcome.REJECTED),
    /** Still unreachable or failing (5xx, refused, no connection) when the retry budget ended; certainly not processed. */
    UNAVAILABLE(22, Outcome.REJECTED);

    /** Codes lie in {@code [0, CODES)}. */
    static final int CODES = 23;

    private static final OutcomeCode[] BY_CODE = new OutcomeCode[CODES];

    static {
        for (OutcomeCode value : values()) {
            BY_CODE[value.code] = value;
        }
    }

    private final byte code;
    private final Outcome outcome;

    OutcomeCode(int code, Outcome outcome) {
        this.code = (byte) code;
        this.outcome = outcome;
    }

    /** The byte in the ledger. */
    public byte code() {
        return code;
    }

    /** The outcome without the reason. */
    public Outcome outcome() {
        return outcome;
    }

    /** Whether the outcome will never change. */
    public boolean terminal() {
        return this != PENDING;
    }

    /** The constant of a ledger byte; a code that this version does not know is an error of the data. */
    public static OutcomeCode of(byte code) {
        OutcomeCode found = code >= 0 && code < CODES ? BY_CODE[code] : null;
        if (found == null) {
            throw new IllegalArgumentException("outcome code must be one of the ledger's, but was " + code);
        }
        return found;
    }
}
