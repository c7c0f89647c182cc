package io.broadcaster.localcloud.sqs.queue;

/**
 * A queue in numbers, exact at the moment they were read.
 *
 * @param visible messages that wait, those behind a locked group included
 * @param deduplicationIds remembered
 * @param receiveAttempts remembered
 */
public record QueueCounts(
        int visible, int inFlight, int delayed, int groups, int waiters, int deduplicationIds, int receiveAttempts) {}
