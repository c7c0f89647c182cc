package io.broadcaster.localcloud.sqs.queue;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Long polls, first come first served; anyone may leave in constant time. Guarded by the queue's lock. */
final class WaitingLine {
    private final Map<String, Waiter> byAttemptId = new HashMap<>();
    private @Nullable Waiter first;
    private @Nullable Waiter last;
    private int size;

    @Nullable Waiter first() {
        return first;
    }

    /** The waiter whose client asks again, so has given this one up. */
    @Nullable Waiter withAttemptId(String attemptId) {
        return attemptId.isEmpty() ? null : byAttemptId.get(attemptId);
    }

    int size() {
        return size;
    }

    void join(Waiter waiter) {
        waiter.inLine = true;
        waiter.ahead = last;
        if (last == null) {
            first = waiter;
        } else {
            last.behind = waiter;
        }
        last = waiter;
        size++;
        if (!waiter.request.attemptId().isEmpty()) {
            byAttemptId.put(waiter.request.attemptId(), waiter);
        }
    }

    void leave(Waiter waiter) {
        if (!waiter.inLine) {
            return;
        }
        waiter.inLine = false;
        Waiter ahead = waiter.ahead;
        Waiter behind = waiter.behind;
        if (ahead == null) {
            first = behind;
        } else {
            ahead.behind = behind;
        }
        if (behind == null) {
            last = ahead;
        } else {
            behind.ahead = ahead;
        }
        waiter.ahead = null;
        waiter.behind = null;
        size--;
        byAttemptId.remove(waiter.request.attemptId(), waiter);
    }
}
