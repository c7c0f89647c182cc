package io.broadcaster.localcloud.sqs.queue;

import org.jspecify.annotations.Nullable;

/**
 * The groups that may be given out, longest ready first. Join, leave and first are constant-time, which is what makes
 * a receive cost as much as it returns, however many groups there are. Guarded by the queue's lock.
 */
final class ReadyGroups {
    private @Nullable MessageGroup first;
    private @Nullable MessageGroup last;

    @Nullable MessageGroup first() {
        return first;
    }

    void join(MessageGroup group) {
        if (group.ready) {
            return;
        }
        group.ready = true;
        group.earlierReady = last;
        if (last == null) {
            first = group;
        } else {
            last.laterReady = group;
        }
        last = group;
    }

    void leave(MessageGroup group) {
        if (!group.ready) {
            return;
        }
        MessageGroup earlier = group.earlierReady;
        MessageGroup later = group.laterReady;
        if (earlier == null) {
            first = later;
        } else {
            earlier.laterReady = later;
        }
        if (later == null) {
            last = earlier;
        } else {
            later.earlierReady = earlier;
        }
        group.ready = false;
        group.earlierReady = null;
        group.laterReady = null;
    }
}
