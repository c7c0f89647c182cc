package io.broadcaster.localcloud.sqs.queue;

/** A queue's attributes that change what it does, checked by whoever parsed them. Times in seconds, as SQS has them. */
public record QueueSettings(
        int visibilitySeconds,
        int delaySeconds,
        int retentionSeconds,
        int receiveWaitSeconds,
        int messageBytesMax,
        boolean contentBasedDeduplication,
        DeduplicationScope deduplicationScope,
        ThroughputLimit throughputLimit,
        Redrive redrive) {

    /** Where a deduplication id counts. */
    public enum DeduplicationScope {
        QUEUE,
        MESSAGE_GROUP
    }

    /** What the call rate is bounded by. */
    public enum ThroughputLimit {
        PER_QUEUE,
        PER_MESSAGE_GROUP
    }

    /** What becomes of a message that was received too often. */
    public sealed interface Redrive {
        /** It is received again and again. */
        record Never() implements Redrive {}

        /** After that many receives it moves to the other queue. */
        record DeadLetter(String targetArn, int receivesMax) implements Redrive {}
    }

    /** What CreateQueue gives when nothing is said (SQS API reference, CreateQueue). */
    public static final QueueSettings DEFAULT = new QueueSettings(
            30,
            0,
            345_600,
            0,
            1_048_576,
            false,
            DeduplicationScope.QUEUE,
            ThroughputLimit.PER_QUEUE,
            new Redrive.Never());
}
