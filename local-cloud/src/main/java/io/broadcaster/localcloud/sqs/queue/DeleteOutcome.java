package io.broadcaster.localcloud.sqs.queue;

/** What became of one delete. */
public enum DeleteOutcome {
    DELETED,
    /** The message is no longer there; SQS calls that a success. */
    GONE_BEFORE,
    /** The visibility time-out has passed: on FIFO the delete fails and the message stays. */
    RECEIPT_EXPIRED,
    RECEIPT_INVALID
}
