package io.broadcaster.localcloud.sqs.queue;

/** What became of one message that was sent. */
public sealed interface SendOutcome {
    /** It is in the queue. */
    record Stored(String messageId, long sequence) implements SendOutcome {}

    /** It was sent before within the window: nothing was stored, and these are the first one's. */
    record Duplicate(String messageId, long sequence) implements SendOutcome {}

    /** It is not in the queue. */
    record Refused(Why why) implements SendOutcome {}

    /** Why a queue takes no message. */
    enum Why {
        NO_DEDUPLICATION_ID,
        TOO_LONG,
        QUEUE_FULL
    }
}
