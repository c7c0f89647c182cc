package io.broadcaster.localcloud.sqs.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.localcloud.sqs.queue.MoveTask;
import io.broadcaster.localcloud.sqs.queue.MoveTasks;
import io.broadcaster.localcloud.sqs.queue.MoveTasks.Cancellation;
import io.broadcaster.localcloud.sqs.queue.QueueRegistry;
import java.io.IOException;

/** Dead-letter redrive: StartMessageMoveTask, ListMessageMoveTasks, CancelMessageMoveTask. */
final class MoveActions {
    private static final int RATE_MAX = 500;
    private static final int RESULTS_MAX = 10;

    private final QueueRegistry registry;
    private final MoveTasks tasks;

    MoveActions(QueueRegistry registry, MoveTasks tasks) {
        this.registry = registry;
        this.tasks = tasks;
    }

    byte[] start(byte[] body) throws IOException {
        JsonNode request = Json.tree(body);
        String source = request.path("SourceArn").asText();
        String destination = request.path("DestinationArn").asText();
        int rate = request.path("MaxNumberOfMessagesPerSecond").asInt(0);
        checkExists("SourceArn", source);
        if (!destination.isEmpty()) {
            checkExists("DestinationArn", destination);
        }
        if (registry.deadLetterSources(source).isEmpty()) {
            throw new Refusal(
                    ErrorCode.INVALID_PARAMETER_VALUE, "Source queue must be configured as a Dead Letter Queue.");
        }
        if (request.has("MaxNumberOfMessagesPerSecond") && (rate < 1 || rate > RATE_MAX)) {
            throw Refusal.invalidParameter(
                    "MaxNumberOfMessagesPerSecond", rate, "Must be between 1 and 500, if provided.");
        }
        MoveTask task = tasks.start(source, destination, rate);
        if (task == null) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "There is already a task running. Only one active task is allowed for a source queue arn at a"
                            + " given time.");
        }
        return Json.bytes(Json.object().put("TaskHandle", task.handle()));
    }

    byte[] list(byte[] body) throws IOException {
        JsonNode request = Json.tree(body);
        String source = request.path("SourceArn").asText();
        checkExists("SourceArn", source);
        int max = request.path("MaxResults").asInt(1);
        if (max < 1 || max > RESULTS_MAX) {
            throw Refusal.invalidParameter("MaxResults", max, "Must be between 1 and 10, if provided.");
        }
        ObjectNode answer = Json.object();
        ArrayNode results = answer.putArray("Results");
        tasks.list(source).stream().limit(max).forEach(task -> describe(task, results.addObject()));
        return Json.bytes(answer);
    }

    byte[] cancel(byte[] body) throws IOException {
        String handle = Json.tree(body).path("TaskHandle").asText();
        return switch (tasks.cancel(handle)) {
            case Cancellation.Cancelled(int moved) ->
                Json.bytes(Json.object().put("ApproximateNumberOfMessagesMoved", moved));
            case Cancellation.NotRunning() ->
                throw new Refusal(ErrorCode.UNSUPPORTED_OPERATION, "Only active tasks can be cancelled.");
            case Cancellation.Unknown() -> throw new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "Task does not exist.");
        };
    }

    private static void describe(MoveTask task, ObjectNode shown) {
        shown.put("Status", task.status().name());
        shown.put("SourceArn", task.sourceArn());
        shown.put("ApproximateNumberOfMessagesMoved", task.moved());
        shown.put("ApproximateNumberOfMessagesToMove", task.toMove());
        shown.put("StartedTimestamp", task.startedMillis());
        if (task.status() == MoveTask.Status.RUNNING) {
            shown.put("TaskHandle", task.handle());
        }
        if (!task.destinationArn().isEmpty()) {
            shown.put("DestinationArn", task.destinationArn());
        }
        if (task.messagesPerSecond() > 0) {
            shown.put("MaxNumberOfMessagesPerSecond", task.messagesPerSecond());
        }
        if (!task.failure().isEmpty()) {
            shown.put("FailureReason", task.failure());
        }
    }

    private void checkExists(String parameter, String arn) {
        if (registry.findByArn(arn) == null) {
            throw new Refusal(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "The resource that you specified for the " + parameter + " parameter doesn't exist.");
        }
    }
}
