package io.broadcaster.localcloud.sqs.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.broadcaster.localcloud.sqs.queue.Delivery;
import io.broadcaster.localcloud.sqs.queue.Envelope;
import io.broadcaster.localcloud.sqs.queue.MessageAttribute;
import io.broadcaster.localcloud.sqs.queue.Sequence;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes received messages with the attributes that were asked for. */
record DeliveryWriter(String senderId, Set<SystemAttribute> systemAttributes, List<String> messageAttributeNames) {

    byte[] write(List<Delivery> deliveries) throws IOException {
        return Json.write(json -> {
            if (deliveries.isEmpty()) {
                return;
            }
            json.writeArrayFieldStart("Messages");
            for (Delivery delivery : deliveries) {
                write(json, delivery);
            }
            json.writeEndArray();
        });
    }

    private void write(JsonGenerator json, Delivery delivery) throws IOException {
        Envelope envelope = delivery.envelope();
        json.writeStartObject();
        json.writeStringField("MessageId", envelope.messageId());
        json.writeStringField("ReceiptHandle", delivery.receiptHandle());
        json.writeStringField("MD5OfBody", envelope.content().bodyMd5());
        json.writeStringField("Body", envelope.content().body());
        writeSystemAttributes(json, delivery);
        writeMessageAttributes(json, wanted(envelope.content().attributes()));
        json.writeEndObject();
    }

    private void writeSystemAttributes(JsonGenerator json, Delivery delivery) throws IOException {
        if (systemAttributes.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("Attributes");
        for (SystemAttribute attribute : systemAttributes) {
            String value = value(attribute, delivery);
            if (!value.isEmpty()) {
                json.writeStringField(attribute.attributeName(), value);
            }
        }
        json.writeEndObject();
    }

    private String value(SystemAttribute attribute, Delivery delivery) {
        Envelope envelope = delivery.envelope();
        return switch (attribute) {
            case APPROXIMATE_FIRST_RECEIVE_TIMESTAMP -> Long.toString(delivery.firstReceivedMillis());
            case APPROXIMATE_RECEIVE_COUNT -> Integer.toString(delivery.receives());
            case AWS_TRACE_HEADER -> {
                MessageAttribute header = envelope.content().systemAttributes().get("AWSTraceHeader");
                yield header == null ? "" : header.value();
            }
            case DEAD_LETTER_QUEUE_SOURCE_ARN -> envelope.deadLetterSourceArn();
            case MESSAGE_DEDUPLICATION_ID -> envelope.deduplicationId();
            case MESSAGE_GROUP_ID -> envelope.groupId();
            case SENDER_ID -> senderId;
            case SENT_TIMESTAMP -> Long.toString(envelope.sentMillis());
            case SEQUENCE_NUMBER -> Sequence.text(delivery.sequence());
        };
    }

    private static void writeMessageAttributes(JsonGenerator json, Map<String, MessageAttribute> attributes)
            throws IOException {
        if (attributes.isEmpty()) {
            return;
        }
        json.writeStringField("MD5OfMessageAttributes", AttributeDigest.md5Hex(attributes));
        json.writeObjectFieldStart("MessageAttributes");
        for (Map.Entry<String, MessageAttribute> entry : attributes.entrySet()) {
            MessageAttribute attribute = entry.getValue();
            json.writeObjectFieldStart(entry.getKey());
            json.writeStringField("DataType", attribute.type());
            json.writeStringField(attribute.isBinary() ? "BinaryValue" : "StringValue", attribute.value());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private Map<String, MessageAttribute> wanted(Map<String, MessageAttribute> attributes) {
        if (attributes.isEmpty() || messageAttributeNames.isEmpty()) {
            return Map.of();
        }
        Map<String, MessageAttribute> wanted = new LinkedHashMap<>();
        attributes.forEach((name, attribute) -> {
            if (messageAttributeNames.stream().anyMatch(pattern -> matches(pattern, name))) {
                wanted.put(name, attribute);
            }
        });
        return wanted;
    }

    private static boolean matches(String pattern, String name) {
        return pattern.equals("All")
                || (pattern.endsWith(".*")
                        ? name.startsWith(pattern.substring(0, pattern.length() - 2))
                        : pattern.equals(name));
    }
}
