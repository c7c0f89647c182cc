package io.broadcaster.localcloud.sqs.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was sent in the last five minutes, received and deleted or not. All entries live equally long, so the order
 * of arrival is the order of expiry. Guarded by the queue's lock; bounded by {@link QueueLimits#messagesMax()}.
 */
final class DedupWindow {
    /** SQS developer guide, FIFO delivery logic: the deduplication interval. */
    static final Duration LENGTH = Duration.ofMinutes(5);

    private final Map<Key, Entry> entries = new HashMap<>();
    private final ArrayDeque<Entry> byAge = new ArrayDeque<>();

    /** Where a deduplication id counts: in its group, or (with an empty group) in the whole queue. */
    record Key(String groupId, String deduplicationId) {}

    record Entry(Key key, String messageId, long sequence, long endMillis) {}

    @Nullable Entry find(Key key) {
        return entries.get(key);
    }

    void remember(Key key, String messageId, long sequence, long nowMillis) {
        Entry entry = new Entry(key, messageId, sequence, nowMillis + LENGTH.toMillis());
        entries.put(key, entry);
        byAge.add(entry);
    }

    void expire(long nowMillis) {
        for (Entry entry = byAge.peek(); entry != null && entry.endMillis() <= nowMillis; entry = byAge.peek()) {
            byAge.poll();
            entries.remove(entry.key(), entry);
        }
    }

    long nextEndMillis() {
        Entry entry = byAge.peek();
        return entry == null ? Long.MAX_VALUE : entry.endMillis();
    }

    int size() {
        return byAge.size();
    }
}
