package io.broadcaster.localcloud.sqs.queue;

import org.jspecify.annotations.Nullable;

/** One group: its waiting messages by sequence and the number in flight. Guarded by the queue's lock. */
final class MessageGroup {
    final String id;
    int inFlight;

    boolean ready;

    @Nullable MessageGroup earlierReady;

    @Nullable MessageGroup laterReady;

    private @Nullable StoredMessage first;
    private @Nullable StoredMessage last;

    MessageGroup(String id) {
        this.id = id;
    }

    @Nullable StoredMessage first() {
        return first;
    }

    boolean isEmpty() {
        return first == null && inFlight == 0;
    }

    /** The group's next message may be given out: nothing is in flight and its delay has passed. */
    boolean isDeliverable() {
        return inFlight == 0 && first != null && first.state == StoredMessage.State.VISIBLE;
    }

    void append(StoredMessage message) {
        message.earlierInGroup = last;
        if (last == null) {
            first = message;
        } else {
            last.laterInGroup = message;
        }
        last = message;
    }

    /** Puts a message back where its sequence belongs: near the front, past at most the rest of its receive batch. */
    void putBack(StoredMessage message) {
        StoredMessage later = first;
        while (later != null && later.sequence < message.sequence) {
            later = later.laterInGroup;
        }
        if (later == null) {
            append(message);
            return;
        }
        StoredMessage earlier = later.earlierInGroup;
        message.laterInGroup = later;
        message.earlierInGroup = earlier;
        later.earlierInGroup = message;
        if (earlier == null) {
            first = message;
        } else {
            earlier.laterInGroup = message;
        }
    }

    void unlink(StoredMessage message) {
        StoredMessage earlier = message.earlierInGroup;
        StoredMessage later = message.laterInGroup;
        if (earlier == null) {
            first = later;
        } else {
            earlier.laterInGroup = later;
        }
        if (later == null) {
            last = earlier;
        } else {
            later.earlierInGroup = earlier;
        }
        message.earlierInGroup = null;
        message.laterInGroup = null;
    }
}
