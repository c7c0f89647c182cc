package io.broadcaster.localcloud.sqs.queue;

/**
 * One receive, defaults already filled in.
 *
 * @param attemptId empty when the caller named none
 */
public record ReceiveRequest(int messagesMax, int visibilitySeconds, int waitSeconds, String attemptId) {}
