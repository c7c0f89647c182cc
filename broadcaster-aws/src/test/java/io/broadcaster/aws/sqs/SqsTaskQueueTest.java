package io.broadcaster.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.task.TaskQueue.Depth;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

final class SqsTaskQueueTest {
    @Test
    void depth_deadLettersThatSomebodyReads_areThereAllTheSame() {
        var queue = new SqsTaskQueue(
                new Counts(Map.of("slices.fifo", new int[] {7, 2}, "slices-dlq.fifo", new int[] {1, 3})),
                "slices.fifo",
                "slices-dlq.fifo");

        assertThat(queue.depth()).isEqualTo(new Depth(7, 2, 4));
    }

    /** A client that knows of every queue how many messages are visible and how many are not. */
    private record Counts(Map<String, int[]> queues) implements SqsAsyncClient {
        @Override
        public CompletableFuture<GetQueueUrlResponse> getQueueUrl(GetQueueUrlRequest request) {
            return CompletableFuture.completedFuture(
                    GetQueueUrlResponse.builder().queueUrl(request.queueName()).build());
        }

        @Override
        public CompletableFuture<GetQueueAttributesResponse> getQueueAttributes(GetQueueAttributesRequest request) {
            int[] counts = queues.getOrDefault(request.queueUrl(), new int[2]);
            return CompletableFuture.completedFuture(GetQueueAttributesResponse.builder()
                    .attributes(Map.of(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, Integer.toString(counts[0]),
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, Integer.toString(counts[1])))
                    .build());
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
