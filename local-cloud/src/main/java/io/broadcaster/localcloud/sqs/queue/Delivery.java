package io.broadcaster.localcloud.sqs.queue;

/**
 * A message as one receive sees it.
 *
 * @param receives in all queues, this one included
 */
public record Delivery(
        Envelope envelope, long sequence, String receiptHandle, int receives, long firstReceivedMillis) {}
