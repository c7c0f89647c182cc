package io.broadcaster.aws.sqs;

import io.broadcaster.task.DeadLetterQueue;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.QueueException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.UnsupportedOperationException;

/**
 * The dead-letter queue of one queue in SQS. Its own deliveries are counted by SQS and mean nothing: it has no dead-letter
 * queue itself. Blocks; safe for any thread.
 */
final class SqsDeadLetterQueue implements DeadLetterQueue {
    /** How long a message is out of sight while it is read; it is given back sooner unless this process dies. */
    private static final Duration READING = Duration.ofSeconds(30);

    private final SqsAsyncClient client;
    private final NamedQueue queue;

    SqsDeadLetterQueue(SqsAsyncClient client, String name) {
        this.client = client;
        this.queue = new NamedQueue(client, name);
    }

    @Override
    public List<DeadLetter> peek(int max) {
        var read = new ArrayList<Message>();
        try {
            while (read.size() < max) {
                List<Message> more = receive(Math.min(TaskQueue.CALL_MAX, max - read.size()));
                if (more.isEmpty()) {
                    break;
                }
                read.addAll(more);
            }
        } finally {
            giveBack(read);
        }
        return read.stream().map(SqsDeadLetterQueue::deadLetter).toList();
    }

    @Override
    public boolean redrive(int perSecond) {
        String arn = arn();
        try {
            var _ = queue.call(
                    "redrive",
                    _ -> client.startMessageMoveTask(
                            request -> request.sourceArn(arn).maxNumberOfMessagesPerSecond(perSecond)));
            return true;
        } catch (QueueException e) {
            if (e.getCause() instanceof UnsupportedOperationException) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Optional<Move> latestMove() {
        String arn = arn();
        return queue
                .call(
                        "list moves",
                        _ -> client.listMessageMoveTasks(
                                request -> request.sourceArn(arn).maxResults(1)))
                .results()
                .stream()
                .findFirst()
                .map(SqsDeadLetterQueue::move);
    }

    private List<Message> receive(int max) {
        return queue.call(
                        "peek",
                        url -> client.receiveMessage(request -> request.queueUrl(url)
                                .maxNumberOfMessages(max)
                                .waitTimeSeconds(0)
                                .visibilityTimeout((int) READING.toSeconds())
                                .messageSystemAttributeNames(
                                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                                        MessageSystemAttributeName.SENT_TIMESTAMP,
                                        MessageSystemAttributeName.MESSAGE_GROUP_ID)))
                .messages();
    }

    /** What fails here comes back by itself when its visibility ends. */
    private void giveBack(List<Message> messages) {
        for (int from = 0; from < messages.size(); from += TaskQueue.CALL_MAX) {
            var entries = new ArrayList<ChangeMessageVisibilityBatchRequestEntry>();
            for (int i = from; i < Math.min(messages.size(), from + TaskQueue.CALL_MAX); i++) {
                entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .receiptHandle(messages.get(i).receiptHandle())
                        .visibilityTimeout(0)
                        .build());
            }
            var _ = queue.call(
                    "give back",
                    url -> client.changeMessageVisibilityBatch(
                            request -> request.queueUrl(url).entries(entries)));
        }
    }

    private String arn() {
        Map<QueueAttributeName, String> attributes = queue.call(
                        "look up",
                        url -> client.getQueueAttributes(
                                request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN)))
                .attributes();
        return Optional.ofNullable(attributes.get(QueueAttributeName.QUEUE_ARN))
                .orElseThrow(() -> new IllegalStateException("queue " + queue + " has no ARN"));
    }

    private static DeadLetter deadLetter(Message message) {
        Map<MessageSystemAttributeName, String> attributes = message.attributes();
        return new DeadLetter(
                attributes.getOrDefault(MessageSystemAttributeName.MESSAGE_GROUP_ID, ""),
                message.body(),
                Integer.parseInt(attributes.getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")),
                Instant.ofEpochMilli(
                        Long.parseLong(attributes.getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0"))));
    }

    /** CANCELLING is a state on the way to CANCELLED. */
    private static Move move(ListMessageMoveTasksResultEntry entry) {
        State state = switch (String.valueOf(entry.status())) {
            case "RUNNING", "CANCELLING" -> State.RUNNING;
            case "COMPLETED" -> State.COMPLETED;
            case "CANCELLED" -> State.CANCELLED;
            default -> State.FAILED;
        };
        return new Move(
                state,
                number(entry.approximateNumberOfMessagesMoved()),
                number(entry.approximateNumberOfMessagesToMove()),
                Optional.ofNullable(entry.failureReason()).orElse(""));
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
