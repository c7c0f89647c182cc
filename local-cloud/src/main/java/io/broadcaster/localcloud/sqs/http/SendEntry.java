package io.broadcaster.localcloud.sqs.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.broadcaster.localcloud.sqs.queue.MessageAttribute;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** One message as the request has it, unchecked; what it left out is empty or zero. */
record SendEntry(
        String id,
        String body,
        String groupId,
        String deduplicationId,
        int delaySeconds,
        Map<String, MessageAttribute> attributes,
        Map<String, MessageAttribute> systemAttributes) {

    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    /** Collects the members of an entry, or of a whole SendMessage request. */
    static final class Reader {
        private String id = "";
        private String body = "";
        private String groupId = "";
        private String deduplicationId = "";
        private int delaySeconds;
        private Map<String, MessageAttribute> attributes = Map.of();
        private Map<String, MessageAttribute> systemAttributes = Map.of();

        void read(String name, JsonParser parser) throws IOException {
            switch (name) {
                case "Id" -> id = Json.text(parser);
                case "MessageBody" -> body = Json.text(parser);
                case "MessageGroupId" -> groupId = Json.text(parser);
                case "MessageDeduplicationId" -> deduplicationId = Json.text(parser);
                case "DelaySeconds" -> delaySeconds = Json.number(parser);
                case "MessageAttributes" -> attributes = readAttributes(parser);
                case "MessageSystemAttributes" -> systemAttributes = readAttributes(parser);
                default -> {}
            }
        }

        SendEntry entry() {
            return new SendEntry(id, body, groupId, deduplicationId, delaySeconds, attributes, systemAttributes);
        }

        private static Map<String, MessageAttribute> readAttributes(JsonParser parser) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return Map.of();
            }
            Map<String, MessageAttribute> attributes = new LinkedHashMap<>();
            Json.readObject(parser, (name, value) -> attributes.put(name, readAttribute(value)));
            return attributes;
        }

        private static MessageAttribute readAttribute(JsonParser parser) throws IOException {
            String[] typeAndValue = {"", ""};
            Json.readObject(parser, (name, value) -> {
                switch (name) {
                    case "DataType" -> typeAndValue[0] = Json.text(value);
                    case "StringValue" -> typeAndValue[1] = Json.text(value);
                    case "BinaryValue" -> typeAndValue[1] = BASE64.encodeToString(value.getBinaryValue());
                    default -> {}
                }
            });
            return new MessageAttribute(typeAndValue[0], typeAndValue[1]);
        }
    }
}
