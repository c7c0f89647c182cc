package io.broadcaster.localcloud.sqs.queue;

/** What became of one message that was sent. */
public sealed interface SendOutcome {
    record Stored(String messageId, long sequence) implements SendOutcome {}

    /** It was sent before within the window: nothing was stored, and these are the first one's. */
    record Duplicate(String messageId, long sequence) implements SendOutcome {}

    record Refused(Why why) implements SendOutcome {}

    /** Why a queue takes no message. */
    enum Why {
        NO_DEDUPLICATION_ID,
        TOO_LONG,
        QUEUE_FULL
    }
}
