package io.broadcaster.localcloud.sqs.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The named receives of the last five minutes, in order of age. Guarded by the queue's lock. */
final class ReceiveAttempts {
    /** SQS API reference, ReceiveMessage: an attempt id is good for five minutes. */
    static final Duration LENGTH = Duration.ofMinutes(5);

    private final Map<String, ReceiveAttempt> attempts = new HashMap<>();
    private final ArrayDeque<ReceiveAttempt> byAge = new ArrayDeque<>();

    @Nullable ReceiveAttempt find(String id) {
        return attempts.get(id);
    }

    void remember(String id, List<StoredMessage> messages, long nowMillis) {
        ReceiveAttempt attempt = new ReceiveAttempt(id, messages, nowMillis + LENGTH.toMillis());
        attempts.put(id, attempt);
        byAge.add(attempt);
        for (StoredMessage message : messages) {
            message.attempt = attempt;
        }
    }

    void expire(long nowMillis) {
        for (ReceiveAttempt old = byAge.peek(); old != null && old.endMillis <= nowMillis; old = byAge.peek()) {
            byAge.poll();
            attempts.remove(old.id, old);
            old.messages().forEach(message -> message.attempt = null);
        }
    }

    long nextEndMillis() {
        ReceiveAttempt attempt = byAge.peek();
        return attempt == null ? Long.MAX_VALUE : attempt.endMillis;
    }

    int size() {
        return byAge.size();
    }
}
