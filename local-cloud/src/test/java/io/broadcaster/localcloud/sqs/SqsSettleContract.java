package io.broadcaster.localcloud.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** How a received message of a FIFO queue is deleted, or given back. */
abstract class SqsSettleContract extends SqsContract {

    @Test
    void delete_visibilityPassed_failsAndTheMessageStays() {
        queue.send("g", "id", "a");
        Message first = queue.receive(
                        queue.receiveRequest(1).visibilityTimeout(1).build())
                .getFirst();
        Message second = queue.receive(
                        queue.receiveRequest(1).waitTimeSeconds(5).build())
                .getFirst();

        assertRefused("InvalidParameterValue", () -> queue.delete(first));

        queue.changeVisibility(second, 0);
        assertThat(queue.receive(1)).hasSize(1);
    }

    @Test
    @ElasticMqDiffers("Says ReceiptHandleIsInvalid the second time")
    void delete_twice_succeedsTwice() {
        queue.send("g", "id", "a");
        Message message = queue.receive(1).getFirst();

        queue.delete(message);
        queue.delete(message);

        assertThat(queue.receive(1)).isEmpty();
    }

    @Test
    void delete_notAReceipt_refused() {
        assertRefused(
                "ReceiptHandleIsInvalid",
                () -> client.deleteMessage(b -> b.queueUrl(queue.url()).receiptHandle("nonsense"))
                        .join());
    }

    @Test
    void deleteBatch_oneBadReceipt_theOthersAreDeleted() {
        queue.sendBatch("g:a", "h:b");
        List<String> handles = new ArrayList<>(
                queue.receive(10).stream().map(Message::receiptHandle).toList());
        handles.add(1, "nonsense");

        var answer = queue.deleteBatch(handles);

        assertThat(answer.successful()).hasSize(2);
        assertThat(answer.failed())
                .extracting(BatchResultErrorEntry::id, BatchResultErrorEntry::code)
                .containsExactly(tuple("e1", "ReceiptHandleIsInvalid"));
        assertThat(queue.attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isEqualTo("0");
    }

    @Test
    void changeVisibility_zero_comesBackAtOnceInItsPlace() {
        queue.sendBatch("g:a", "g:b");
        Message first = queue.receive(1).getFirst();

        queue.changeVisibility(first, 0);

        assertThat(queue.receive(10)).extracting(Message::body).containsExactly("a", "b");
    }

    @Test
    void changeVisibility_longer_staysAway() {
        queue.send("g", "id", "a");
        Message message = queue.receive(
                        queue.receiveRequest(1).visibilityTimeout(1).build())
                .getFirst();

        queue.changeVisibility(message, 60);

        assertThat(queue.receive(queue.receiveRequest(1).waitTimeSeconds(2).build()))
                .isEmpty();
    }

    @Test
    void changeVisibilityBatch_zero_allComeBack() {
        queue.sendBatch("g:a", "h:b");
        List<String> handles =
                queue.receive(10).stream().map(Message::receiptHandle).toList();

        assertThat(queue.changeVisibilityBatch(handles, 0).successful()).hasSize(2);

        assertThat(queue.receive(10)).hasSize(2);
    }

    @Test
    @ElasticMqDiffers("Accepts any time-out")
    void changeVisibility_moreThanTwelveHours_refused() {
        queue.send("g", "id", "a");
        Message message = queue.receive(1).getFirst();

        assertRefused("InvalidParameterValue", () -> queue.changeVisibility(message, 43_201));
    }
}
