package io.broadcaster.localcloud.sqs.queue;

/**
 * A message before it is accepted.
 *
 * @param deduplicationId empty when the sender leaves it to the body's SHA-256
 */
public record MessageDraft(String groupId, String deduplicationId, MessageContent content) {}
