package io.broadcaster.localcloud.sqs.queue;

import io.broadcaster.localcloud.sqs.queue.StoredMessage.State;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a queue: by group, by sequence (which receipts carry) and by age (for delay and retention).
 * Every step is constant-time; an emptied group is forgotten at once. Guarded by the queue's lock.
 */
final class QueueContents {
    private final Map<String, MessageGroup> groups = new HashMap<>();
    private final Map<Long, StoredMessage> bySequence = new HashMap<>();
    private final ReadyGroups ready = new ReadyGroups();
    private @Nullable StoredMessage oldest;
    private @Nullable StoredMessage newest;
    /** Messages are as old as their sequence, so those still delayed are the tail of the list by age. */
    private @Nullable StoredMessage firstDelayed;

    private int delayed;
    private int inFlight;

    StoredMessage add(Envelope envelope, long sequence, boolean isDelayed) {
        MessageGroup group = groups.computeIfAbsent(envelope.groupId(), MessageGroup::new);
        StoredMessage message = new StoredMessage(envelope, group, sequence);
        bySequence.put(sequence, message);
        message.older = newest;
        if (newest == null) {
            oldest = message;
        } else {
            newest.newer = message;
        }
        newest = message;
        if (isDelayed) {
            message.state = State.DELAYED;
            delayed++;
            if (firstDelayed == null) {
                firstDelayed = message;
            }
        }
        group.append(message);
        settle(group);
        return message;
    }

    @Nullable MessageGroup firstReady() {
        return ready.first();
    }

    @Nullable StoredMessage find(long sequence) {
        return bySequence.get(sequence);
    }

    /** The head of its group goes into flight. The caller settles the group when it has taken all it wants. */
    void take(StoredMessage message) {
        message.group.unlink(message);
        message.group.inFlight++;
        message.state = State.IN_FLIGHT;
        inFlight++;
    }

    /** A message in flight waits in its group again. */
    void putBack(StoredMessage message) {
        land(message);
        message.state = State.VISIBLE;
        message.group.putBack(message);
        settle(message.group);
    }

    void remove(StoredMessage message) {
        switch (message.state) {
            case IN_FLIGHT -> land(message);
            case DELAYED -> {
                endDelay(message);
                message.group.unlink(message);
            }
            case VISIBLE -> message.group.unlink(message);
            case GONE -> throw new IllegalStateException("Removed twice: " + message.envelope.messageId());
        }
        message.state = State.GONE;
        bySequence.remove(message.sequence);
        unlinkByAge(message);
        settle(message.group);
    }

    /** Makes visible what was sent at or before the given time. */
    void endDelays(long sentUntilMillis) {
        for (StoredMessage next = firstDelayed;
                next != null && next.envelope.sentMillis() <= sentUntilMillis;
                next = firstDelayed) {
            endDelay(next);
            next.state = State.VISIBLE;
            settle(next.group);
        }
    }

    /** Brings the group's readiness in line with its messages, and forgets it when it is empty. */
    void settle(MessageGroup group) {
        if (group.isDeliverable()) {
            ready.join(group);
            return;
        }
        ready.leave(group);
        if (group.isEmpty()) {
            groups.remove(group.id, group);
        }
    }

    @Nullable StoredMessage oldest() {
        return oldest;
    }

    @Nullable StoredMessage firstDelayed() {
        return firstDelayed;
    }

    int size() {
        return bySequence.size();
    }

    int inFlight() {
        return inFlight;
    }

    int delayed() {
        return delayed;
    }

    int groupCount() {
        return groups.size();
    }

    private void land(StoredMessage message) {
        message.group.inFlight--;
        inFlight--;
    }

    private void endDelay(StoredMessage message) {
        delayed--;
        if (message == firstDelayed) {
            firstDelayed = message.newer;
        }
    }

    private void unlinkByAge(StoredMessage message) {
        StoredMessage older = message.older;
        StoredMessage newer = message.newer;
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        message.older = null;
        message.newer = null;
    }
}
