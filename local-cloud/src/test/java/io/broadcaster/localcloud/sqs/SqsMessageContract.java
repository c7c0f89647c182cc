package io.broadcaster.localcloud.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/** How messages of a FIFO queue are sent and received. */
abstract class SqsMessageContract extends SqsContract {
    private static final int MIB = 1 << 20;
    /** Three bytes in UTF-8, one char in Java. */
    private static final String THREE_BYTES = "\u20AC";

    @Test
    void receive_oneGroup_inOrderOfSending() {
        queue.sendBatch("g:a", "g:b", "g:c");

        assertThat(queue.receive(10)).extracting(Message::body).containsExactly("a", "b", "c");
    }

    @Test
    void receive_groupInFlight_waitsForTheDelete() {
        queue.sendBatch("g:a", "g:b");
        Message first = queue.receive(1).getFirst();
        assertThat(queue.receive(1)).isEmpty();

        queue.delete(first);

        assertThat(queue.receive(1)).extracting(Message::body).containsExactly("b");
    }

    @Test
    void receive_oneGroupInFlight_othersAreServed() {
        queue.sendBatch("g:a", "g:b", "h:c");
        queue.receive(1);

        assertThat(queue.receive(10)).extracting(Message::body).containsExactly("c");
    }

    @Test
    void receive_visibilityPassed_sameMessageWithNewReceiptAndCountTwo() {
        queue.send("g", "id", "a");
        Message first = queue.receive(
                        queue.receiveRequest(1).visibilityTimeout(1).build())
                .getFirst();

        Message second = queue.receive(
                        queue.receiveRequest(1).waitTimeSeconds(5).build())
                .getFirst();

        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.receiptHandle()).isNotEqualTo(first.receiptHandle());
        assertThat(second.attributes()).containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
    }

    @Test
    void receive_sentWhileItWaits_answersAtOnce() {
        CompletableFuture<ReceiveMessageResponse> waiting = client.receiveMessage(
                queue.receiveRequest(1).waitTimeSeconds(20).build());

        queue.send("g", "id", "a");

        assertThat(waiting.join().messages()).extracting(Message::body).containsExactly("a");
    }

    @Test
    void receive_nothingInTime_isEmpty() {
        assertThat(queue.receive(queue.receiveRequest(1).waitTimeSeconds(1).build()))
                .isEmpty();
    }

    @Test
    void receive_attemptRepeated_sameMessages() {
        queue.sendBatch("g:a", "g:b", "h:c");
        List<Message> first = receiveAttempt();

        List<Message> again = receiveAttempt();

        assertThat(again).extracting(Message::messageId).containsExactlyElementsOf(ids(first));
    }

    @Test
    @ElasticMqDiffers("Gives new receipt handles")
    void receive_attemptRepeated_sameReceipts() {
        queue.sendBatch("g:a", "g:b", "h:c");
        List<Message> first = receiveAttempt();

        assertThat(receiveAttempt())
                .extracting(Message::receiptHandle)
                .containsExactlyElementsOf(
                        first.stream().map(Message::receiptHandle).toList());
    }

    @Test
    @ElasticMqDiffers("Answers 500")
    void receive_attemptRepeatedAfterADelete_refused() {
        queue.send("g", "id", "a");
        queue.delete(receiveAttempt().getFirst());

        assertRefused("InvalidParameterValue", this::receiveAttempt);
    }

    @Test
    void receive_elevenMessagesAsked_refused() {
        assertRefused("InvalidParameterValue", () -> queue.receive(11));
    }

    @Test
    void receive_allSystemAttributes_told() {
        queue.send("g", "id", "a");

        assertThat(queue.receive(1).getFirst().attributes())
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "g")
                .containsEntry(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, "id")
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")
                .containsKeys(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP,
                        MessageSystemAttributeName.SEQUENCE_NUMBER);
    }

    @Test
    void send_messageAttributes_comeBackAndTheSdkAcceptsTheirDigests() {
        MessageAttributeValue text = MessageAttributeValue.builder()
                .dataType("String")
                .stringValue("gr\u00FCn")
                .build();
        MessageAttributeValue bytes = MessageAttributeValue.builder()
                .dataType("Binary")
                .binaryValue(SdkBytes.fromByteArray(new byte[] {0, 1, 2}))
                .build();
        client.sendMessage(b -> b.queueUrl(queue.url())
                        .messageGroupId("g")
                        .messageDeduplicationId("id")
                        .messageBody("a")
                        .messageAttributes(Map.of("text", text, "bytes", bytes)))
                .join();

        Message message = queue.receive(
                        queue.receiveRequest(1).messageAttributeNames("All").build())
                .getFirst();

        assertThat(message.messageAttributes()).containsEntry("text", text).containsEntry("bytes", bytes);
    }

    @Test
    void send_sameIdTwice_oneMessageAndTheFirstOnesId() {
        String first = queue.send("g", "id", "a").messageId();
        String second = queue.send("g", "id", "b").messageId();

        assertThat(second).isEqualTo(first);
        assertThat(queue.receive(10)).extracting(Message::body).containsExactly("a");
    }

    @Test
    void send_sameIdAfterTheDelete_stillDropped() {
        queue.send("g", "id", "a");
        queue.delete(queue.receive(1).getFirst());

        queue.send("g", "id", "a");

        assertThat(queue.receive(1)).isEmpty();
    }

    @Test
    void send_sameIdInAnotherGroup_droppedByDefault() {
        queue.sendBatch("g:a", "h:a");

        assertThat(queue.receive(10)).hasSize(1);
    }

    @Test
    @ElasticMqDiffers("Ignores DeduplicationScope: deduplication stays queue-wide")
    void send_sameIdInAnotherGroupAndScopeMessageGroup_bothStored() {
        TestQueue fast = TestQueue.create(client, newName(), TestQueue.HIGH_THROUGHPUT);

        fast.sendBatch("g:a", "h:a");

        assertThat(fast.receive(10)).hasSize(2);
    }

    @Test
    void send_noIdButContentBased_sameBodyOnce() {
        TestQueue byContent =
                TestQueue.create(client, newName(), Map.of(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true"));
        for (int i = 0; i < 2; i++) {
            client.sendMessage(
                            b -> b.queueUrl(byContent.url()).messageGroupId("g").messageBody("same"))
                    .join();
        }

        assertThat(byContent.receive(10)).hasSize(1);
    }

    @Test
    void send_noDeduplicationId_refused() {
        assertRefused(
                "InvalidParameterValue",
                () -> client.sendMessage(
                                b -> b.queueUrl(queue.url()).messageGroupId("g").messageBody("a"))
                        .join());
    }

    @Test
    void send_noGroupId_refused() {
        assertRefused(
                "MissingParameter",
                () -> client.sendMessage(b -> b.queueUrl(queue.url())
                                .messageDeduplicationId("id")
                                .messageBody("a"))
                        .join());
    }

    @Test
    void send_delayOfItsOwn_refused() {
        assertRefused(
                "InvalidParameterValue",
                () -> client.sendMessage(b -> b.queueUrl(queue.url())
                                .messageGroupId("g")
                                .messageDeduplicationId("id")
                                .messageBody("a")
                                .delaySeconds(1))
                        .join());
    }

    @Test
    void send_controlCharacter_refused() {
        assertRefused("InvalidMessageContents", () -> queue.send("g", "id", "a\u0000b"));
    }

    @Test
    void send_oneMiB_stored() {
        queue.send("g", "id", "x".repeat(MIB));

        assertThat(queue.receive(1).getFirst().body()).hasSize(MIB);
    }

    @Test
    void send_moreThanOneMiB_refused() {
        assertRefused("InvalidParameterValue", () -> queue.send("g", "id", "x".repeat(MIB + 1)));
    }

    @Test
    @ElasticMqDiffers("Counts characters, not UTF-8 bytes")
    void send_moreThanOneMiBInBytesNotInCharacters_refused() {
        assertRefused("InvalidParameterValue", () -> queue.send("g", "id", THREE_BYTES.repeat(MIB / 3 + 1)));
    }

    @Test
    @ElasticMqDiffers("Answers batches without sequence numbers")
    void sendBatch_tenMessages_sequenceNumbersOfTwentyDigitsGrow() {
        SendMessageBatchResponse answer =
                queue.sendBatch("g:0", "h:1", "g:2", "i:3", "g:4", "h:5", "g:6", "g:7", "g:8", "g:9");

        List<String> sequence = answer.successful().stream()
                .map(SendMessageBatchResultEntry::sequenceNumber)
                .toList();
        assertThat(sequence).hasSize(10).isSorted().doesNotHaveDuplicates().allMatch(number -> number.length() == 20);
    }

    @Test
    void sendBatch_oneBadEntry_theOthersAreStored() {
        SendMessageBatchResponse answer = queue.sendBatch("g:a", "g:b\u0000", "g:c");

        assertThat(answer.failed()).extracting(BatchResultErrorEntry::id).containsExactly("e1");
        assertThat(queue.receive(10)).extracting(Message::body).containsExactly("a", "c");
    }

    @Test
    @ElasticMqDiffers("Accepts an empty batch")
    void sendBatch_noEntries_refused() {
        assertRefused(
                "EmptyBatchRequest",
                () -> client.sendMessageBatch(b -> b.queueUrl(queue.url()).entries(List.of()))
                        .join());
    }

    @Test
    void sendBatch_elevenEntries_refused() {
        String[] eleven = IntStream.range(0, 11).mapToObj(i -> "g:" + i).toArray(String[]::new);

        assertRefused("TooManyEntriesInBatchRequest", () -> queue.sendBatch(eleven));
    }

    @Test
    void sendBatch_entryIdTwice_refused() {
        SendMessageBatchRequestEntry entry = SendMessageBatchRequestEntry.builder()
                .id("same")
                .messageGroupId("g")
                .messageDeduplicationId("id")
                .messageBody("a")
                .build();

        assertRefused(
                "BatchEntryIdsNotDistinct",
                () -> client.sendMessageBatch(b -> b.queueUrl(queue.url()).entries(entry, entry))
                        .join());
    }

    @Test
    void sendBatch_moreThanOneMiBTogether_refused() {
        String half = "x".repeat(MIB / 2);

        assertRefused("BatchRequestTooLong", () -> queue.sendBatch("g:a" + half, "g:b" + half));
    }

    private List<Message> receiveAttempt() {
        return queue.receive(
                queue.receiveRequest(10).receiveRequestAttemptId("attempt").build());
    }

    private static List<String> ids(List<Message> messages) {
        return messages.stream().map(Message::messageId).toList();
    }
}
