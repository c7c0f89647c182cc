package io.broadcaster.localcloud.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.testkit.Await;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What happens to FIFO queues as a whole, and to messages between two of them. */
abstract class SqsQueueContract extends SqsContract {

    @Test
    void createQueue_again_sameUrl() {
        String name = newName();

        assertThat(TestQueue.create(client, name, Map.of()).url())
                .isEqualTo(TestQueue.create(client, name, Map.of()).url());
    }

    @Test
    void createQueue_againWithAnotherAttribute_refused() {
        String name = newName();
        TestQueue.create(client, name, Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "30"));

        assertRefused(
                "QueueNameExists",
                () -> TestQueue.create(client, name, Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "31")));
    }

    @Test
    @ElasticMqDiffers("Says InvalidAttributeName")
    void createQueue_fifoWithoutSuffix_refused() {
        assertRefused("InvalidParameterValue", () -> TestQueue.create(client, "no-suffix", Map.of()));
    }

    @Test
    @ElasticMqDiffers("Serves standard queues; ours are FIFO only")
    void createQueue_standard_refused() {
        assertRefused(
                "UnsupportedOperation",
                () -> client.createQueue(b -> b.queueName("standard")).join());
    }

    @Test
    @ElasticMqDiffers("Accepts the limit without the scope")
    void createQueue_throughputPerGroupWithQueueScope_refused() {
        assertRefused(
                "InvalidAttributeValue",
                () -> TestQueue.create(
                        client, newName(), Map.of(QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perMessageGroupId")));
    }

    @Test
    @ElasticMqDiffers("Accepts any time-out")
    void createQueue_visibilityTooLong_refused() {
        assertRefused(
                "InvalidAttributeValue",
                () -> TestQueue.create(client, newName(), Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "43201")));
    }

    @Test
    void getQueueUrl_known_found() {
        String name = newName();
        CreateQueueResponse created = client.createQueue(
                        b -> b.queueName(name).attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
                .join();

        assertThat(client.getQueueUrl(b -> b.queueName(name)).join().queueUrl()).isEqualTo(created.queueUrl());
    }

    @Test
    void getQueueUrl_unknown_refused() {
        assertRefused(
                "QueueDoesNotExist",
                () -> client.getQueueUrl(b -> b.queueName("nobody.fifo")).join());
    }

    @Test
    void listQueues_prefix_onlyThose() {
        TestQueue wanted = TestQueue.create(client, "wanted-" + newName(), Map.of());

        assertThat(client.listQueues(b -> b.queueNamePrefix("wanted-")).join().queueUrls())
                .contains(wanted.url())
                .doesNotContain(queue.url());
    }

    @Test
    void deleteQueue_then_itDoesNotExist() {
        client.deleteQueue(b -> b.queueUrl(queue.url())).join();

        assertRefused("QueueDoesNotExist", () -> queue.send("g", "id", "a"));
    }

    @Test
    void attributes_messagesInEachState_counted() {
        queue.sendBatch("g:a", "h:b", "i:c");
        queue.receive(1);

        assertThat(queue.attributes())
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "2")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "1")
                .containsEntry(QueueAttributeName.FIFO_QUEUE, "true");
        assertThat(queue.arn()).startsWith("arn:aws:sqs:us-east-1:000000000000:");
    }

    @Test
    void setQueueAttributes_visibility_holdsForTheNextReceive() {
        client.setQueueAttributes(
                        b -> b.queueUrl(queue.url()).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "1")))
                .join();
        queue.send("g", "id", "a");
        queue.receive(1);

        assertThat(queue.receive(queue.receiveRequest(1).waitTimeSeconds(5).build()))
                .hasSize(1);
    }

    @Test
    void queueDelay_set_messageComesLater() {
        TestQueue delayed = TestQueue.create(client, newName(), Map.of(QueueAttributeName.DELAY_SECONDS, "1"));
        delayed.send("g", "id", "a");
        assertThat(delayed.receive(1)).isEmpty();

        assertThat(delayed.receive(delayed.receiveRequest(1).waitTimeSeconds(5).build()))
                .hasSize(1);
    }

    @Test
    void purgeQueue_messagesWaitingAndInFlight_allGone() {
        queue.sendBatch("g:a", "h:b");
        queue.receive(1);

        client.purgeQueue(b -> b.queueUrl(queue.url())).join();

        assertThat(queue.attributes())
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0");
    }

    @Test
    @ElasticMqDiffers("Purges as often as asked")
    void purgeQueue_twiceInAMinute_refused() {
        client.purgeQueue(b -> b.queueUrl(queue.url())).join();

        assertRefused(
                "PurgeQueueInProgress",
                () -> client.purgeQueue(b -> b.queueUrl(queue.url())).join());
    }

    @Test
    void tags_addedAndRemoved_listed() {
        client.tagQueue(b -> b.queueUrl(queue.url()).tags(Map.of("a", "1", "b", "2")))
                .join();
        client.untagQueue(b -> b.queueUrl(queue.url()).tagKeys("a")).join();

        assertThat(client.listQueueTags(b -> b.queueUrl(queue.url())).join().tags())
                .containsExactly(Map.entry("b", "2"));
    }

    @Test
    void deadLetters_receivedTooOften_movedWithTheirOrigin() {
        TestQueue dead = TestQueue.create(client, newName(), Map.of());
        TestQueue source = withDeadLetterQueue(dead);
        source.send("g", "id", "a");

        exhaust(source);

        Message letter = dead.receive(1).getFirst();
        assertThat(letter.body()).isEqualTo("a");
        assertThat(letter.attributes()).containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "g");
        assertThat(source.receive(1)).isEmpty();
    }

    @Test
    @ElasticMqDiffers("Does not tell a dead letter's origin, and keeps its deduplication id")
    void deadLetters_moved_tellSourceAndTakeTheirIdForDeduplication() {
        TestQueue dead = TestQueue.create(client, newName(), Map.of());
        TestQueue source = withDeadLetterQueue(dead);
        String messageId = source.send("g", "id", "a").messageId();

        exhaust(source);

        Message letter = dead.receive(1).getFirst();
        assertThat(letter.messageId()).isEqualTo(messageId);
        assertThat(letter.attributes())
                .containsEntry(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, source.arn())
                .containsEntry(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, messageId);
    }

    @Test
    void listDeadLetterSourceQueues_oneSource_listed() {
        TestQueue dead = TestQueue.create(client, newName(), Map.of());
        TestQueue source = withDeadLetterQueue(dead);

        assertThat(client.listDeadLetterSourceQueues(b -> b.queueUrl(dead.url()))
                        .join()
                        .queueUrls())
                .containsExactly(source.url());
    }

    @Test
    @ElasticMqDiffers("Answers no error for a standard dead-letter queue of a FIFO queue")
    void redrivePolicy_standardTarget_refused() {
        String policy =
                "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:standard\",\"maxReceiveCount\":3}";

        assertRefused(
                "InvalidParameterValue",
                () -> TestQueue.create(client, newName(), Map.of(QueueAttributeName.REDRIVE_POLICY, policy)));
    }

    @Test
    @ElasticMqDiffers("Move tasks on FIFO queues move nothing")
    void startMessageMoveTask_noDestination_messagesGoBackInOrder() {
        TestQueue dead = TestQueue.create(client, newName(), Map.of());
        TestQueue source = withDeadLetterQueue(dead);
        source.sendBatch("g:a", "g:b", "h:c");
        exhaust(source);

        client.startMessageMoveTask(b -> b.sourceArn(dead.arn())).join();

        Await.until(
                "three messages are back",
                () -> source.attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
                        .equals("3"));
        assertThat(source.receive(10)).extracting(Message::body).containsExactly("a", "b", "c");
        List<ListMessageMoveTasksResultEntry> tasks =
                client.listMessageMoveTasks(b -> b.sourceArn(dead.arn())).join().results();
        assertThat(tasks).singleElement().satisfies(task -> {
            assertThat(task.status()).isEqualTo("COMPLETED");
            assertThat(task.approximateNumberOfMessagesMoved()).isEqualTo(3);
        });
    }

    @Test
    @ElasticMqDiffers("Says QueueDoesNotExist")
    void startMessageMoveTask_unknownSource_refused() {
        assertRefused(
                "ResourceNotFoundException",
                () -> client.startMessageMoveTask(b -> b.sourceArn("arn:aws:sqs:us-east-1:000000000000:nobody.fifo"))
                        .join());
    }

    @Test
    @ElasticMqDiffers("Starts a move from any queue")
    void startMessageMoveTask_sourceIsNoDeadLetterQueue_refused() {
        String arn = queue.arn();

        assertRefused(
                "InvalidParameterValue",
                () -> client.startMessageMoveTask(b -> b.sourceArn(arn)).join());
    }

    private TestQueue withDeadLetterQueue(TestQueue dead) {
        String policy = "{\"deadLetterTargetArn\":\"" + dead.arn() + "\",\"maxReceiveCount\":2}";
        return TestQueue.create(client, newName(), Map.of(QueueAttributeName.REDRIVE_POLICY, policy));
    }

    /** Receives everything twice and gives it back, then once more, which finds nothing and moves it all. */
    private static void exhaust(TestQueue source) {
        for (int i = 0; i < 2; i++) {
            List<String> handles =
                    source.receive(10).stream().map(Message::receiptHandle).toList();
            source.changeVisibilityBatch(handles, 0);
        }
        assertThat(source.receive(10)).isEmpty();
    }
}
