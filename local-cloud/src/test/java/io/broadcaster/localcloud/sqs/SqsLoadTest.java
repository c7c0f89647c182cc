package io.broadcaster.localcloud.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.localcloud.Clients;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** As many groups as a launch has batches, and many pollers at once. */
final class SqsLoadTest {
    private static final int GROUPS = 12_000;
    private static final int BATCH = 10;
    private static final int POLLERS = 24;

    private final Set<String> received = ConcurrentHashMap.newKeySet();
    private final AtomicInteger receivedAgain = new AtomicInteger();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Void> allReceived = new CompletableFuture<>();

    @Test
    void pollers_twelveThousandGroups_everyMessageExactlyOnceAndNothingLeft() {
        try (SqsEndpoint server = SqsEndpoint.ours();
                SqsAsyncClient client = Clients.sqs(server.uri())) {
            TestQueue queue = TestQueue.create(client, "load.fifo", TestQueue.HIGH_THROUGHPUT);
            CompletableFuture<?>[] pollers =
                    IntStream.range(0, POLLERS).mapToObj(i -> poll(queue)).toArray(CompletableFuture[]::new);

            IntStream.range(0, GROUPS / BATCH).parallel().forEach(i -> send(queue, i * BATCH));
            allReceived.join();
            stopping.set(true);
            CompletableFuture.allOf(pollers).join();

            assertThat(received).hasSize(GROUPS);
            assertThat(receivedAgain).hasValue(0);
            assertThat(queue.receive(BATCH)).isEmpty();
        }
    }

    private static void send(TestQueue queue, int first) {
        queue.client()
                .sendMessageBatch(b -> b.queueUrl(queue.url())
                        .entries(IntStream.range(first, first + BATCH)
                                .mapToObj(SqsLoadTest::entry)
                                .toList()))
                .join();
    }

    private static SendMessageBatchRequestEntry entry(int number) {
        String id = "batch-" + number;
        return SendMessageBatchRequestEntry.builder()
                .id(id)
                .messageGroupId(id)
                .messageDeduplicationId(id)
                .messageBody(id)
                .build();
    }

    private CompletableFuture<Void> poll(TestQueue queue) {
        if (stopping.get()) {
            return CompletableFuture.completedFuture(null);
        }
        return queue.client()
                .receiveMessage(queue.receiveRequest(BATCH).waitTimeSeconds(1).build())
                .thenCompose(answer -> settle(queue, answer))
                .thenCompose(done -> poll(queue));
    }

    private CompletableFuture<?> settle(TestQueue queue, ReceiveMessageResponse answer) {
        if (answer.messages().isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        for (Message message : answer.messages()) {
            if (!received.add(message.body())) {
                receivedAgain.incrementAndGet();
            }
        }
        if (received.size() == GROUPS) {
            allReceived.complete(null);
        }
        return queue.client()
                .deleteMessageBatch(b -> b.queueUrl(queue.url())
                        .entries(IntStream.range(0, answer.messages().size())
                                .mapToObj(i -> DeleteMessageBatchRequestEntry.builder()
                                        .id("e" + i)
                                        .receiptHandle(answer.messages().get(i).receiptHandle())
                                        .build())
                                .toList()));
    }
}
