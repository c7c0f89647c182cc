package io.broadcaster.localcloud.sqs.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.localcloud.sqs.queue.QueueRegistry.Creation;
import io.broadcaster.localcloud.sqs.queue.QueueSettings;
import io.broadcaster.localcloud.sqs.queue.RegisteredQueue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is done to queues as a whole. These calls are rare, so they go through JSON trees. */
final class QueueActions {
    private static final int RESULTS_MAX = 1_000;
    private static final int TAGS_MAX = 50;

    private final QueueNames names;
    private final QueueAttributes attributes;

    QueueActions(QueueNames names) {
        this.names = names;
        this.attributes = new QueueAttributes(names.registry());
    }

    byte[] create(byte[] body, String authority) throws IOException {
        JsonNode request = Json.tree(body);
        String name = request.path("QueueName").asText();
        Map<String, String> given = strings(request.path("Attributes"));
        checkName(name, given);
        QueueAttributes.Parsed parsed = attributes.over(QueueSettings.DEFAULT, Map.of(), given);
        Map<String, String> tags = strings(request.path("tags"));
        return switch (names.registry().create(name, parsed.settings(), parsed.stored(), tags)) {
            case Creation.Created(RegisteredQueue created) -> url(authority, created);
            case Creation.Existed(RegisteredQueue existing) -> {
                checkSame(existing, given);
                yield url(authority, existing);
            }
            case Creation.TooMany(int queuesMax) ->
                throw new Refusal(ErrorCode.OVER_LIMIT, "This local cloud holds at most " + queuesMax + " queues.");
        };
    }

    byte[] url(byte[] body, String authority) throws IOException {
        return url(authority, names.named(Json.tree(body).path("QueueName").asText()));
    }

    byte[] list(byte[] body, String authority) throws IOException {
        JsonNode request = Json.tree(body);
        return page(
                request, names.registry().list(request.path("QueueNamePrefix").asText()), authority, "QueueUrls");
    }

    byte[] deadLetterSources(byte[] body, String authority) throws IOException {
        JsonNode request = Json.tree(body);
        String arn = queue(request).queue().arn();
        return page(request, names.registry().deadLetterSources(arn), authority, "queueUrls");
    }

    byte[] delete(byte[] body) throws IOException {
        names.registry().delete(queue(Json.tree(body)).queue().name());
        return Json.bytes(Json.object());
    }

    byte[] attributes(byte[] body) throws IOException {
        JsonNode request = Json.tree(body);
        Map<String, String> all = QueueAttributes.describe(queue(request));
        List<String> wanted = texts(request.path("AttributeNames"));
        ObjectNode answer = Json.object();
        ObjectNode shown = answer.putObject("Attributes");
        for (String name : wanted.contains("All") ? List.copyOf(all.keySet()) : wanted) {
            String value = all.get(name);
            if (value != null) {
                shown.put(name, value);
            } else {
                QueueAttributes.checkNames(Map.of(name, ""));
            }
        }
        return Json.bytes(answer);
    }

    byte[] setAttributes(byte[] body) throws IOException {
        JsonNode request = Json.tree(body);
        RegisteredQueue queue = queue(request);
        Map<String, String> given = strings(request.path("Attributes"));
        if (given.containsKey("FifoQueue") && !"true".equals(given.get("FifoQueue"))) {
            throw new Refusal(
                    ErrorCode.INVALID_ATTRIBUTE_VALUE,
                    "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.");
        }
        QueueAttributes.Parsed parsed = attributes.over(queue.queue().settings(), queue.storedAttributes(), given);
        names.registry().changeSettings(queue.queue().name(), parsed.settings(), parsed.stored());
        return Json.bytes(Json.object());
    }

    byte[] purge(byte[] body) throws IOException {
        String name = queue(Json.tree(body)).queue().name();
        if (!names.registry().purge(name)) {
            throw new Refusal(
                    ErrorCode.PURGE_QUEUE_IN_PROGRESS,
                    "Only one PurgeQueue operation on " + name + " is allowed every 60 seconds.");
        }
        return Json.bytes(Json.object());
    }

    byte[] tag(byte[] body) throws IOException {
        JsonNode request = Json.tree(body);
        Map<String, String> tags = strings(request.path("Tags"));
        names.registry().changeTags(queue(request).queue().name(), present -> {
            Map<String, String> next = new LinkedHashMap<>(present);
            next.putAll(tags);
            if (next.size() > TAGS_MAX) {
                throw new Refusal(ErrorCode.INVALID_PARAMETER_VALUE, "Too many tags; at most " + TAGS_MAX + ".");
            }
            return next;
        });
        return Json.bytes(Json.object());
    }

    byte[] untag(byte[] body) throws IOException {
        JsonNode request = Json.tree(body);
        List<String> keys = texts(request.path("TagKeys"));
        names.registry().changeTags(queue(request).queue().name(), present -> {
            Map<String, String> next = new LinkedHashMap<>(present);
            keys.forEach(next::remove);
            return next;
        });
        return Json.bytes(Json.object());
    }

    byte[] tags(byte[] body) throws IOException {
        ObjectNode answer = Json.object();
        ObjectNode tags = answer.putObject("Tags");
        queue(Json.tree(body)).tags().forEach(tags::put);
        return Json.bytes(answer);
    }

    private static void checkName(String name, Map<String, String> given) {
        if (name.isEmpty()) {
            throw Refusal.missing("QueueName");
        }
        String fifo = given.getOrDefault("FifoQueue", "false");
        if (!fifo.equals("true") && !name.endsWith(".fifo")) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "The local SQS serves FIFO queues only: give the attribute FifoQueue=true and a name ending in"
                            + " .fifo.");
        }
        if (!fifo.equals("true") || !QueueNames.isFifoName(name)) {
            throw Refusal.invalidParameter(
                    "QueueName",
                    name,
                    "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must"
                            + " end with .fifo suffix, be 1 to 80 in length, and have the attribute FifoQueue=true.");
        }
    }

    private static void checkSame(RegisteredQueue existing, Map<String, String> given) {
        Map<String, String> present = QueueAttributes.describe(existing);
        given.forEach((name, value) -> {
            if (!value.equals(present.get(name)) && !name.equals("RedrivePolicy")) {
                throw new Refusal(
                        ErrorCode.QUEUE_NAME_EXISTS,
                        "A queue already exists with the same name and a different value for attribute " + name);
            }
        });
    }

    private byte[] url(String authority, RegisteredQueue queue) throws IOException {
        return Json.bytes(
                Json.object().put("QueueUrl", names.url(authority, queue.queue().name())));
    }

    /** One page of queues by name; the token is the last name shown. */
    private byte[] page(JsonNode request, List<RegisteredQueue> all, String authority, String field)
            throws IOException {
        String after = request.path("NextToken").asText();
        int max = request.path("MaxResults").asInt(RESULTS_MAX);
        if (max < 1 || max > RESULTS_MAX) {
            throw Refusal.invalidParameter("MaxResults", max, "Must be between 1 and 1000, if provided.");
        }
        List<String> rest = all.stream()
                .map(queue -> queue.queue().name())
                .filter(name -> name.compareTo(after) > 0)
                .toList();
        ObjectNode answer = Json.object();
        ArrayNode urls = answer.putArray(field);
        rest.stream().limit(max).forEach(name -> urls.add(names.url(authority, name)));
        if (rest.size() > max) {
            answer.put("NextToken", rest.get(max - 1));
        }
        return Json.bytes(answer);
    }

    private RegisteredQueue queue(JsonNode request) {
        return names.registered(request.path("QueueUrl").asText());
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
        return strings;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
