package io.broadcaster.localcloud.sqs.queue;

/**
 * A message's identity in the queue it lies in.
 *
 * @param receivesElsewhere receives before it came here as a dead letter
 * @param deadLetterSourceArn the queue it came from as a dead letter; empty otherwise
 */
public record Envelope(
        String messageId,
        String groupId,
        String deduplicationId,
        long sentMillis,
        MessageContent content,
        int receivesElsewhere,
        String deadLetterSourceArn) {

    static Envelope sent(String messageId, MessageDraft draft, String deduplicationId, long sentMillis) {
        return new Envelope(messageId, draft.groupId(), deduplicationId, sentMillis, draft.content(), 0, "");
    }

    /**
     * As it arrives in a dead-letter queue: same id, and that id as deduplication id, so that two messages which shared
     * a deduplication id are both kept (SQS developer guide, dead-letter queue redrive).
     */
    Envelope deadLetter(String sourceArn, int receives, long nowMillis) {
        return new Envelope(messageId, groupId, messageId, nowMillis, content, receives, sourceArn);
    }

    /** As it arrives from a move task: a new message with a new id and a new retention period. */
    Envelope redriven(String newMessageId, long nowMillis) {
        return new Envelope(newMessageId, groupId, deduplicationId, nowMillis, content, 0, "");
    }
}
