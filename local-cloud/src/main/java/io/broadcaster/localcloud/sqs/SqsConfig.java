package io.broadcaster.localcloud.sqs;

import io.broadcaster.localcloud.sqs.queue.QueueLimits;

/**
 * The SQS server's bounds and identity.
 *
 * @param port on the loopback interface; 0 takes any free one
 * @param eventLoops threads that serve
 * @param requestBytesMax the longest body; a full batch of 1 MiB may grow sixfold by JSON's escapes
 */
public record SqsConfig(
        int port,
        String region,
        String account,
        int eventLoops,
        long requestBytesMax,
        int queuesMax,
        QueueLimits queueLimits) {

    private static final long REQUEST_BYTES_MAX = 8L << 20;
    private static final int QUEUES_MAX = 1_000;

    public SqsConfig {
        if (eventLoops < 1) {
            throw new IllegalArgumentException("eventLoops must be at least 1, was " + eventLoops);
        }
        if (requestBytesMax < 1) {
            throw new IllegalArgumentException("requestBytesMax must be at least 1, was " + requestBytesMax);
        }
        if (queuesMax < 1) {
            throw new IllegalArgumentException("queuesMax must be at least 1, was " + queuesMax);
        }
    }

    /** Half of the given processors, because the clients run on the same machine. */
    public static SqsConfig of(int port, String region, String account, int processors) {
        return new SqsConfig(
                port, region, account, Math.max(1, processors / 2), REQUEST_BYTES_MAX, QUEUES_MAX, QueueLimits.DEFAULT);
    }

    /** The same with other bounds for each queue. */
    public SqsConfig with(QueueLimits limits) {
        return new SqsConfig(port, region, account, eventLoops, requestBytesMax, queuesMax, limits);
    }
}
