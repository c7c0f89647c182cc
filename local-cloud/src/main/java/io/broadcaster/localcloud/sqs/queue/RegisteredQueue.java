package io.broadcaster.localcloud.sqs.queue;

import java.util.Map;

/**
 * A queue with what is kept about it but changes nothing in what it does.
 *
 * @param storedAttributes attributes that are only stored and shown, such as Policy
 */
public record RegisteredQueue(
        FifoQueue queue,
        Map<String, String> storedAttributes,
        Map<String, String> tags,
        long createdMillis,
        long modifiedMillis,
        long purgedMillis) {

    public RegisteredQueue {
        storedAttributes = Map.copyOf(storedAttributes);
        tags = Map.copyOf(tags);
    }

    RegisteredQueue withAttributes(Map<String, String> attributes, long nowMillis) {
        return new RegisteredQueue(queue, attributes, tags, createdMillis, nowMillis, purgedMillis);
    }

    RegisteredQueue withTags(Map<String, String> next) {
        return new RegisteredQueue(queue, storedAttributes, next, createdMillis, modifiedMillis, purgedMillis);
    }

    RegisteredQueue purgedAt(long nowMillis) {
        return new RegisteredQueue(queue, storedAttributes, tags, createdMillis, modifiedMillis, nowMillis);
    }
}
