package io.broadcaster.localcloud.sqs.queue;

/** What became of one change of visibility. */
public enum VisibilityOutcome {
    CHANGED,
    MESSAGE_GONE,
    NOT_IN_FLIGHT,
    RECEIPT_EXPIRED,
    RECEIPT_INVALID,
    /** Twelve hours after its receive a message must come back. */
    BEYOND_TWELVE_HOURS
}
