package io.broadcaster.localcloud.sqs.http;

import com.fasterxml.jackson.core.JsonParser;
import io.broadcaster.localcloud.sqs.queue.QueueSettings;
import io.broadcaster.localcloud.sqs.queue.ReceiveRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A ReceiveMessage request as it came; a number left out is {@link #NOT_GIVEN}. */
final class ReceiveCall {
    private static final int NOT_GIVEN = -1;
    private static final int MESSAGES_MAX = 10;
    private static final int VISIBILITY_SECONDS_MAX = 43_200;
    private static final int WAIT_SECONDS_MAX = 20;

    private String url = "";
    private String attemptId = "";
    private int messagesMax = 1;
    private int visibilitySeconds = NOT_GIVEN;
    private int waitSeconds = NOT_GIVEN;
    private List<String> systemAttributeNames = new ArrayList<>();
    private List<String> messageAttributeNames = List.of();

    static ReceiveCall read(byte[] body) throws IOException {
        ReceiveCall call = new ReceiveCall();
        try (JsonParser parser = Json.parser(body)) {
            Json.readObject(parser, call::read);
        }
        return call;
    }

    private void read(String name, JsonParser value) throws IOException {
        switch (name) {
            case "QueueUrl" -> url = Json.text(value);
            case "ReceiveRequestAttemptId" -> attemptId = Json.text(value);
            case "MaxNumberOfMessages" ->
                messagesMax =
                        between(name, Json.number(value), 1, MESSAGES_MAX, "Must be between 1 and 10, if provided.");
            case "VisibilityTimeout" ->
                visibilitySeconds = between(
                        name, Json.number(value), 0, VISIBILITY_SECONDS_MAX, "Must be >= 0 and <= 43200, if provided.");
            case "WaitTimeSeconds" ->
                waitSeconds =
                        between(name, Json.number(value), 0, WAIT_SECONDS_MAX, "Must be >= 0 and <= 20, if provided.");
            case "AttributeNames", "MessageSystemAttributeNames" ->
                systemAttributeNames.addAll(JsonArrays.texts(value));
            case "MessageAttributeNames" -> messageAttributeNames = JsonArrays.texts(value);
            default -> {}
        }
    }

    String url() {
        return url;
    }

    String attemptId() {
        return attemptId;
    }

    ReceiveRequest request(QueueSettings settings) {
        return new ReceiveRequest(
                messagesMax,
                visibilitySeconds == NOT_GIVEN ? settings.visibilitySeconds() : visibilitySeconds,
                waitSeconds == NOT_GIVEN ? settings.receiveWaitSeconds() : waitSeconds,
                attemptId);
    }

    Set<SystemAttribute> systemAttributes() {
        return SystemAttribute.named(systemAttributeNames);
    }

    List<String> messageAttributeNames() {
        return messageAttributeNames;
    }

    private static int between(String name, int value, int min, int max, String rule) {
        if (value < min || value > max) {
            throw Refusal.invalidParameter(name, value, rule);
        }
        return value;
    }
}
