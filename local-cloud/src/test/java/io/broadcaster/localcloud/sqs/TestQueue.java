package io.broadcaster.localcloud.sqs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** A FIFO queue through the real SDK, in the words the tests use. */
record TestQueue(SqsAsyncClient client, String url) {

    static final Map<QueueAttributeName, String> HIGH_THROUGHPUT = Map.of(
            QueueAttributeName.DEDUPLICATION_SCOPE, "messageGroup",
            QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perMessageGroupId");

    static TestQueue create(SqsAsyncClient client, String name, Map<QueueAttributeName, String> attributes) {
        Map<QueueAttributeName, String> all = new HashMap<>(attributes);
        all.put(QueueAttributeName.FIFO_QUEUE, "true");
        return new TestQueue(
                client,
                client.createQueue(b -> b.queueName(name).attributes(all))
                        .join()
                        .queueUrl());
    }

    SendMessageResponse send(String group, String deduplicationId, String body) {
        return client.sendMessage(b -> b.queueUrl(url)
                        .messageGroupId(group)
                        .messageDeduplicationId(deduplicationId)
                        .messageBody(body))
                .join();
    }

    /** Ten messages at most, each "group:body", deduplicated by the body. */
    SendMessageBatchResponse sendBatch(String... groupsAndBodies) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (String groupAndBody : groupsAndBodies) {
            int colon = groupAndBody.indexOf(':');
            String body = groupAndBody.substring(colon + 1);
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id("e" + entries.size())
                    .messageGroupId(groupAndBody.substring(0, colon))
                    .messageDeduplicationId(Integer.toHexString(body.hashCode()))
                    .messageBody(body)
                    .build());
        }
        return client.sendMessageBatch(b -> b.queueUrl(url).entries(entries)).join();
    }

    List<Message> receive(int max) {
        return receive(receiveRequest(max).build());
    }

    List<Message> receive(ReceiveMessageRequest request) {
        return client.receiveMessage(request).join().messages();
    }

    ReceiveMessageRequest.Builder receiveRequest(int max) {
        return ReceiveMessageRequest.builder()
                .queueUrl(url)
                .maxNumberOfMessages(max)
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL);
    }

    void delete(Message message) {
        client.deleteMessage(b -> b.queueUrl(url).receiptHandle(message.receiptHandle()))
                .join();
    }

    DeleteMessageBatchResponse deleteBatch(List<String> handles) {
        List<DeleteMessageBatchRequestEntry> entries = IntStream.range(0, handles.size())
                .mapToObj(i -> DeleteMessageBatchRequestEntry.builder()
                        .id("e" + i)
                        .receiptHandle(handles.get(i))
                        .build())
                .toList();
        return client.deleteMessageBatch(b -> b.queueUrl(url).entries(entries)).join();
    }

    void changeVisibility(Message message, int seconds) {
        client.changeMessageVisibility(b ->
                        b.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(seconds))
                .join();
    }

    ChangeMessageVisibilityBatchResponse changeVisibilityBatch(List<String> handles, int seconds) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = IntStream.range(0, handles.size())
                .mapToObj(i -> ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id("e" + i)
                        .receiptHandle(handles.get(i))
                        .visibilityTimeout(seconds)
                        .build())
                .toList();
        return client.changeMessageVisibilityBatch(b -> b.queueUrl(url).entries(entries))
                .join();
    }

    Map<QueueAttributeName, String> attributes() {
        return client.getQueueAttributes(b -> b.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .join()
                .attributes();
    }

    String arn() {
        return attribute(QueueAttributeName.QUEUE_ARN);
    }

    String attribute(QueueAttributeName name) {
        String value = attributes().get(name);
        if (value == null) {
            throw new AssertionError("No attribute " + name);
        }
        return value;
    }
}
