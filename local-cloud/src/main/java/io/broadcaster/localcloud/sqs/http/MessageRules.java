package io.broadcaster.localcloud.sqs.http;

import io.broadcaster.localcloud.sqs.queue.Digests;
import io.broadcaster.localcloud.sqs.queue.MessageAttribute;
import io.broadcaster.localcloud.sqs.queue.MessageContent;
import io.broadcaster.localcloud.sqs.queue.MessageDraft;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a message must be to be sent (SQS API reference, SendMessage). A breach concerns that message only. */
final class MessageRules {
    private static final int ID_LENGTH_MAX = 128;
    private static final int ATTRIBUTES_MAX = 10;
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private MessageRules() {}

    static MessageDraft draft(SendEntry entry) {
        if (entry.body().isEmpty()) {
            throw Refusal.missing("MessageBody");
        }
        if (entry.groupId().isEmpty()) {
            throw Refusal.missing("MessageGroupId");
        }
        if (entry.delaySeconds() != 0) {
            throw Refusal.invalidParameter(
                    "DelaySeconds",
                    entry.delaySeconds(),
                    "The request include parameter that is not valid for this queue type.");
        }
        checkId("MessageGroupId", entry.groupId());
        if (!entry.deduplicationId().isEmpty()) {
            checkId("MessageDeduplicationId", entry.deduplicationId());
        }
        checkCharacters(entry.body());
        checkAttributes(entry.attributes());
        byte[] body = entry.body().getBytes(StandardCharsets.UTF_8);
        int bytes = body.length + attributeBytes(entry.attributes());
        return new MessageDraft(
                entry.groupId(),
                entry.deduplicationId(),
                new MessageContent(
                        entry.body(), Digests.md5Hex(body), entry.attributes(), entry.systemAttributes(), bytes));
    }

    /** #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF. */
    private static void checkCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < Character.MIN_SURROGATE) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            if (c != '\t' && c != '\n' && c != '\r' && (c <= Character.MAX_SURROGATE || c > '\uFFFD')) {
                throw new Refusal(
                        ErrorCode.INVALID_MESSAGE_CONTENTS,
                        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF"
                                + " | #xE000 to #xFFFD | #x10000 to #x10FFFF");
            }
        }
    }

    private static void checkId(String name, String value) {
        if (value.length() > ID_LENGTH_MAX || !value.chars().allMatch(MessageRules::isIdCharacter)) {
            throw Refusal.invalidParameter(
                    name,
                    value,
                    name + " can only include alphanumeric and punctuation characters. 1 to 128 in length");
        }
    }

    private static boolean isIdCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || PUNCTUATION.indexOf(c) >= 0;
    }

    private static void checkAttributes(Map<String, MessageAttribute> attributes) {
        if (attributes.size() > ATTRIBUTES_MAX) {
            throw new Refusal(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Number of message attributes [" + attributes.size() + "] exceeds the allowed maximum ["
                            + ATTRIBUTES_MAX + "].");
        }
        attributes.forEach((name, attribute) -> {
            String type = attribute.type();
            if (!type.startsWith("String") && !type.startsWith("Number") && !type.startsWith("Binary")) {
                throw new Refusal(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "The type of message (user) attribute '" + name + "' is invalid. You must use only the"
                                + " following supported type prefixes: Binary, Number, String.");
            }
            if (attribute.value().isEmpty()) {
                throw new Refusal(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "Message (user) attribute '" + name + "' must contain a non-empty value of type '" + type
                                + "'.");
            }
        });
    }

    private static int attributeBytes(Map<String, MessageAttribute> attributes) {
        int bytes = 0;
        for (Map.Entry<String, MessageAttribute> entry : attributes.entrySet()) {
            bytes += entry.getKey().getBytes(StandardCharsets.UTF_8).length
                    + entry.getValue().type().getBytes(StandardCharsets.UTF_8).length
                    + AttributeDigest.valueBytes(entry.getValue()).length;
        }
        return bytes;
    }
}
