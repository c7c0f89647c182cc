package io.broadcaster.localcloud.sqs.queue;

/**
 * The bounds of one queue.
 *
 * @param inFlightMax messages; at it a FIFO queue gives no error and stops delivering (SQS quotas: 120,000)
 * @param waitersMax long polls parked at once; more are refused with OverLimit
 * @param messagesMax messages held, and deduplication ids remembered; more are refused with OverLimit (SQS has no such
 *     bound, this process has)
 */
public record QueueLimits(int inFlightMax, int waitersMax, int messagesMax) {
    public static final QueueLimits DEFAULT = new QueueLimits(120_000, 10_000, 5_000_000);

    public QueueLimits {
        checkPositive("inFlightMax", inFlightMax);
        checkPositive("waitersMax", waitersMax);
        checkPositive("messagesMax", messagesMax);
    }

    private static void checkPositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
    }
}
