package io.broadcaster.localcloud.sqs.http;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a receive can tell about a message besides its body (SQS API reference, ReceiveMessage). */
enum SystemAttribute {
    APPROXIMATE_FIRST_RECEIVE_TIMESTAMP("ApproximateFirstReceiveTimestamp"),
    APPROXIMATE_RECEIVE_COUNT("ApproximateReceiveCount"),
    AWS_TRACE_HEADER("AWSTraceHeader"),
    DEAD_LETTER_QUEUE_SOURCE_ARN("DeadLetterQueueSourceArn"),
    MESSAGE_DEDUPLICATION_ID("MessageDeduplicationId"),
    MESSAGE_GROUP_ID("MessageGroupId"),
    SENDER_ID("SenderId"),
    SENT_TIMESTAMP("SentTimestamp"),
    SEQUENCE_NUMBER("SequenceNumber");

    private static final Set<SystemAttribute> ALL = Set.copyOf(EnumSet.allOf(SystemAttribute.class));

    private final String attributeName;

    SystemAttribute(String attributeName) {
        this.attributeName = attributeName;
    }

    String attributeName() {
        return attributeName;
    }

    static Set<SystemAttribute> named(List<String> names) {
        if (names.isEmpty()) {
            return Set.of();
        }
        if (names.contains("All")) {
            return ALL;
        }
        Set<SystemAttribute> attributes = EnumSet.noneOf(SystemAttribute.class);
        for (String name : names) {
            attributes.add(named(name));
        }
        return attributes;
    }

    private static SystemAttribute named(String name) {
        for (SystemAttribute attribute : values()) {
            if (attribute.attributeName.equals(name)) {
                return attribute;
            }
        }
        throw new Refusal(ErrorCode.INVALID_ATTRIBUTE_NAME, "Unknown Attribute " + name + ".");
    }
}
