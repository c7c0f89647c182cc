package io.broadcaster.localcloud.sqs.queue;

import java.util.List;

/**
 * A receive that named itself and may be asked for again while its messages are as it left them.
 * Once one was deleted, changed, or came back, it holds no messages any more and can only be refused.
 */
final class ReceiveAttempt {
    final String id;
    final long endMillis;
    private List<StoredMessage> messages;

    ReceiveAttempt(String id, List<StoredMessage> messages, long endMillis) {
        this.id = id;
        this.messages = messages;
        this.endMillis = endMillis;
    }

    /** Empty when it is no longer good. */
    List<StoredMessage> messages() {
        return messages;
    }

    void invalidate() {
        messages = List.of();
    }
}
