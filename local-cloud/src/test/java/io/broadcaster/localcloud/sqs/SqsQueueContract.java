package io.broadcaster.localcloud.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.localcloud.Clients;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What an SQS FIFO queue does, asked by the real SDK over HTTP; our server and ElasticMQ both answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SqsQueueContract {
    private SqsAsyncClient client;
    private TestQueue queue;

    abstract URI startServer();

    abstract void stopServer();

    @BeforeAll
    void start() {
        client = Clients.sqs(startServer());
    }

    @AfterAll
    void stop() {
        client.close();
        stopServer();
    }

    @BeforeEach
    void createQueue(TestInfo test) {
        queue = TestQueue.create(client, test.getTestMethod().orElseThrow().getName() + ".fifo", Map.of());
    }

    @Test
    void receive_oneGroup_inOrderOfSending() {
        queue.sendBatch("g:a", "g:b", "g:c");

        assertThat(queue.receive(10)).extracting(Message::body).containsExactly("a", "b", "c");
    }

    @Test
    void send_sameIdTwice_oneMessage() {
        String first = queue.send("g", "id", "a").messageId();
        String second = queue.send("g", "id", "b").messageId();

        assertThat(second).isEqualTo(first);
        assertThat(queue.receive(10)).extracting(Message::body).containsExactly("a");
    }

    @Test
    void receive_groupInFlight_waitsForTheDelete() {
        queue.sendBatch("g:a", "g:b");
        Message first = queue.receive(1).getFirst();
        assertThat(queue.receive(1)).isEmpty();

        queue.deleteBatch(List.of(first.receiptHandle()));

        assertThat(queue.receive(1)).extracting(Message::body).containsExactly("b");
    }

    @Test
    void changeVisibility_zero_comesBackAtOnce() {
        queue.send("g", "id", "a");
        Message first = queue.receive(1).getFirst();

        queue.changeVisibility(first, 0);

        assertThat(queue.receive(1)).extracting(Message::messageId).containsExactly(first.messageId());
    }
}
