package io.broadcaster.aws.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a cloud would say in which all goes well: a message that was sent is received once, every write is done, and nothing is
 * found. Keeps only the bodies of messages that wait; whoever rehearses bounds them. Any thread; never blocks.
 */
final class RehearsalAnswers {
    /** The answer to a receive from an empty queue. */
    static final byte[] NO_MESSAGES = "{\"Messages\":[]}".getBytes(StandardCharsets.US_ASCII);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING_FOUND = "{\"Items\":[],\"Count\":0}".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, Queue<String>> queues = new ConcurrentHashMap<>();
    private final AtomicLong receipts = new AtomicLong();

    byte[] answer(String target, byte[] body) throws IOException {
        String action = target.substring(target.indexOf('.') + 1);
        return switch (action) {
            case "GetQueueUrl" ->
                write(JSON.createObjectNode()
                        .put(
                                "QueueUrl",
                                "http://rehearsal/"
                                        + JSON.readTree(body).path("QueueName").asText()));
            case "SendMessageBatch" -> send(JSON.readTree(body));
            case "ReceiveMessage" -> receive(JSON.readTree(body));
            case "DeleteMessageBatch", "ChangeMessageVisibilityBatch" -> successful(JSON.readTree(body));
            case "GetQueueAttributes" -> "{\"Attributes\":{}}".getBytes(StandardCharsets.US_ASCII);
            case "Query", "Scan" -> NOTHING_FOUND;
            case "GetItem", "PutItem", "TransactWriteItems", "DeleteItem" -> EMPTY;
            default -> throw new IOException("nobody rehearses " + target);
        };
    }

    private byte[] send(JsonNode request) throws IOException {
        Queue<String> queue = queue(request);
        request.path("Entries")
                .forEach(entry -> queue.add(entry.path("MessageBody").asText()));
        return successful(request);
    }

    private byte[] receive(JsonNode request) throws IOException {
        Queue<String> queue = queue(request);
        if (queue.isEmpty()) {
            return NO_MESSAGES;
        }
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode messages = answer.putArray("Messages");
        int max = request.path("MaxNumberOfMessages").asInt(1);
        for (String body = queue.poll(); body != null; body = messages.size() < max ? queue.poll() : null) {
            long receipt = receipts.incrementAndGet();
            ObjectNode message = messages.addObject()
                    .put("MessageId", "rehearsal-" + receipt)
                    .put("ReceiptHandle", Long.toString(receipt))
                    .put("Body", body);
            message.putObject("Attributes").put("ApproximateReceiveCount", "1").put("SentTimestamp", "0");
        }
        return write(answer);
    }

    private static byte[] successful(JsonNode request) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode successful = answer.putArray("Successful");
        request.path("Entries")
                .forEach(entry -> successful
                        .addObject()
                        .put("Id", entry.path("Id").asText())
                        .put("MessageId", "rehearsal")
                        .put("MD5OfMessageBody", ""));
        answer.putArray("Failed");
        return write(answer);
    }

    private Queue<String> queue(JsonNode request) {
        return queues.computeIfAbsent(request.path("QueueUrl").asText(), _ -> new ConcurrentLinkedQueue<>());
    }

    private static byte[] write(ObjectNode answer) throws IOException {
        return JSON.writeValueAsBytes(answer);
    }
}
