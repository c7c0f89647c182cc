package io.broadcaster.aws.sqs;

import io.broadcaster.task.TaskQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * One high-throughput FIFO queue of SQS. Blocks; safe for any thread. A receive is repeated by the SDK under its attempt id,
 * so that an answer lost on the way does not lock the groups. A failed call is a {@link QueueException} that names operation
 * and queue; failed entries are values.
 */
final class SqsTaskQueue implements TaskQueue {
    /** Longest poll (SQS). */
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    /**
     * What one try of a receive may take beyond its wait. All tries together (four of 25 s at most) stay within the five minutes
     * that their attempt id lives.
     */
    private static final Duration RECEIVE_SLACK = Duration.ofSeconds(5);

    private final SqsAsyncClient client;
    private final NamedQueue queue;
    private final NamedQueue deadLetters;

    SqsTaskQueue(SqsAsyncClient client, String name, String deadLettersName) {
        this.client = client;
        this.queue = new NamedQueue(client, name);
        this.deadLetters = new NamedQueue(client, deadLettersName);
    }

    @Override
    public List<FailedEntry> send(List<Outgoing> messages) {
        requireCallSize(messages.size());
        var entries = new ArrayList<SendMessageBatchRequestEntry>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            Outgoing message = messages.get(i);
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(Integer.toString(i))
                    .messageGroupId(message.id())
                    .messageDeduplicationId(message.id())
                    .messageBody(message.body())
                    .build());
        }
        return failed(queue.call(
                        "send",
                        url -> client.sendMessageBatch(
                                request -> request.queueUrl(url).entries(entries)))
                .failed());
    }

    @Override
    public List<Received> receive(int max, Duration wait, Duration visibility, UUID attempt) {
        requireCallSize(max);
        if (wait.isNegative() || wait.compareTo(WAIT_MAX) > 0) {
            throw new IllegalArgumentException("wait must be from 0 to 20 s, but was " + wait);
        }
        List<Message> messages = queue.call(
                        "receive", url -> client.receiveMessage(receiveRequest(url, max, wait, visibility, attempt)))
                .messages();
        return messages.stream().map(SqsTaskQueue::received).toList();
    }

    @Override
    public List<FailedEntry> delete(List<Receipt> receipts) {
        requireCallSize(receipts.size());
        var entries = new ArrayList<DeleteMessageBatchRequestEntry>(receipts.size());
        for (int i = 0; i < receipts.size(); i++) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(i))
                    .receiptHandle(receipts.get(i).handle())
                    .build());
        }
        return failed(queue.call(
                        "delete",
                        url -> client.deleteMessageBatch(
                                request -> request.queueUrl(url).entries(entries)))
                .failed());
    }

    @Override
    public List<FailedEntry> extend(List<Receipt> receipts, Duration visibility) {
        requireCallSize(receipts.size());
        int seconds = wholeSeconds(visibility);
        var entries = new ArrayList<ChangeMessageVisibilityBatchRequestEntry>(receipts.size());
        for (int i = 0; i < receipts.size(); i++) {
            entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(Integer.toString(i))
                    .receiptHandle(receipts.get(i).handle())
                    .visibilityTimeout(seconds)
                    .build());
        }
        return failed(queue.call(
                        "extend",
                        url -> client.changeMessageVisibilityBatch(
                                request -> request.queueUrl(url).entries(entries)))
                .failed());
    }

    @Override
    public Depth depth() {
        Map<QueueAttributeName, String> own = counts(queue);
        Map<QueueAttributeName, String> dead = counts(deadLetters);
        return new Depth(
                count(own, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                count(own, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                count(dead, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES) // and those that somebody reads just now
                        + count(dead, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    }

    private ReceiveMessageRequest receiveRequest(
            String url, int max, Duration wait, Duration visibility, UUID attempt) {
        return ReceiveMessageRequest.builder()
                .queueUrl(url)
                .maxNumberOfMessages(max)
                .waitTimeSeconds(wholeSeconds(wait))
                .visibilityTimeout(wholeSeconds(visibility))
                .receiveRequestAttemptId(attempt.toString())
                .messageSystemAttributeNames(
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, MessageSystemAttributeName.SENT_TIMESTAMP)
                .overrideConfiguration(limits -> limits.apiCallAttemptTimeout(wait.plus(RECEIVE_SLACK)))
                .build();
    }

    private Map<QueueAttributeName, String> counts(NamedQueue of) {
        return of.call(
                        "depth",
                        url -> client.getQueueAttributes(request -> request.queueUrl(url)
                                .attributeNames(
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)))
                .attributes();
    }

    private static long count(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
        return Long.parseLong(attributes.getOrDefault(name, "0"));
    }

    private static List<FailedEntry> failed(List<BatchResultErrorEntry> entries) {
        return entries.stream()
                .map(entry -> new FailedEntry(Integer.parseInt(entry.id()), entry.code(), entry.senderFault()))
                .toList();
    }

    private static Received received(Message message) {
        Map<MessageSystemAttributeName, String> attributes = message.attributes();
        return new Received(
                message.body(),
                new Receipt(message.receiptHandle()),
                Integer.parseInt(attributes.getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")),
                Instant.ofEpochMilli(
                        Long.parseLong(attributes.getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0"))));
    }

    /** SQS counts whole seconds: rounded up, so that nothing becomes visible early. */
    private static int wholeSeconds(Duration duration) {
        return Math.toIntExact(Math.ceilDiv(duration.toMillis(), 1_000L));
    }

    private static void requireCallSize(int entries) {
        if (entries < 1 || entries > CALL_MAX) {
            throw new IllegalArgumentException("a call takes 1 to " + CALL_MAX + " messages, but was given " + entries);
        }
    }
}
