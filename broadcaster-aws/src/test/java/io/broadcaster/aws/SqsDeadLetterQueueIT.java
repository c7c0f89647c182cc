package io.broadcaster.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.task.DeadLetterQueue;
import io.broadcaster.task.DeadLetterQueue.DeadLetter;
import io.broadcaster.task.DeadLetterQueue.State;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.task.TaskQueue.QueueException;
import io.broadcaster.task.TaskQueue.Received;
import io.broadcaster.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looking into a dead-letter queue and putting back what it holds, over the local cloud. */
@Timeout(60)
final class SqsDeadLetterQueueIT {
    private static final int RECEIVES_MAX = 2;
    private static final Duration VISIBILITY = Duration.ofSeconds(30);

    private AwsCloud cloud;
    private TaskQueue queue;
    private DeadLetterQueue deadLetters;

    @BeforeEach
    void provision() {
        cloud = AwsCloud.connect(CloudConfig.from(
                SharedCloud.freshDeployment(Map.of("cloud.max-receive-count", Integer.toString(RECEIVES_MAX)))));
        cloud.provisioner().provisionQueues();
        queue = cloud.queue(QueueName.SLICES);
        deadLetters = cloud.deadLetters(QueueName.SLICES);
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void peek_nothingGaveUp_isEmpty() {
        assertThat(deadLetters.peek(10)).isEmpty();
        assertThat(deadLetters.latestMove()).isEmpty();
    }

    @Test
    void peek_moreThanOneCallTakes_showsEachOnceAndConsumesNone() {
        giveUp(23);

        List<DeadLetter> first = deadLetters.peek(100);
        List<DeadLetter> second = deadLetters.peek(100);

        assertThat(first).extracting(DeadLetter::id).doesNotHaveDuplicates().hasSize(23);
        assertThat(second)
                .extracting(DeadLetter::body)
                .containsExactlyInAnyOrderElementsOf(
                        first.stream().map(DeadLetter::body).toList());
        assertThat(second).allSatisfy(letter -> {
            assertThat(letter.body()).isEqualTo("body of " + letter.id());
            assertThat(letter.sentAt()).isAfter(Instant.EPOCH);
        });
        assertThat(queue.depth().deadLetters()).isEqualTo(23);
    }

    @Test
    void peek_fewerThanThereAre_showsSoMany() {
        giveUp(15);

        assertThat(deadLetters.peek(12)).hasSize(12);
        assertThat(queue.depth().deadLetters()).isEqualTo(15);
    }

    @Test
    void redrive_lettersThatGaveUp_comeAgainAsFirstDeliveries() {
        giveUp(5);

        assertThat(deadLetters.redrive(100)).isTrue();

        Await.until(
                "the move is over", () -> deadLetters.latestMove().orElseThrow().state() == State.COMPLETED);
        assertThat(deadLetters.latestMove().orElseThrow().moved()).isEqualTo(5);
        assertThat(queue.depth().deadLetters()).isZero();
        List<Received> again = receiveAll(5);
        assertThat(again).extracting(Received::body).doesNotHaveDuplicates().hasSize(5);
        assertThat(again)
                .allSatisfy(message -> assertThat(message.receiveCount()).isEqualTo(1));
    }

    @Test
    void redrive_whileAnotherRuns_isRefusedAndSaysSo() {
        giveUp(20);

        assertThat(deadLetters.redrive(DeadLetterQueue.RATE_MIN)).isTrue();

        assertThat(deadLetters.redrive(DeadLetterQueue.RATE_MAX)).isFalse();
        assertThat(deadLetters.latestMove().orElseThrow().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void peek_queueThatDoesNotStand_namesItAndWhatToDo() {
        try (AwsCloud bare = AwsCloud.connect(CloudConfig.from(SharedCloud.freshDeployment(Map.of())))) {
            assertThatThrownBy(() -> bare.deadLetters(QueueName.LOADS).peek(1))
                    .isInstanceOf(QueueException.class)
                    .hasMessageContaining("loads-dlq.fifo")
                    .hasMessageContaining("provision");
        }
    }

    /** Sends so many and lets each be delivered as often as a queue allows, and once more. */
    private void giveUp(int messages) {
        var all = new ArrayList<Outgoing>();
        for (int i = 0; i < messages; i++) {
            all.add(new Outgoing("id-" + i, "body of id-" + i));
        }
        for (int from = 0; from < messages; from += TaskQueue.CALL_MAX) {
            assertThat(queue.send(all.subList(from, Math.min(messages, from + TaskQueue.CALL_MAX))))
                    .isEmpty();
        }
        Await.until("all gave up", () -> {
            receiveOnce();
            return queue.depth().deadLetters() == messages;
        });
    }

    private List<Received> receiveOnce() {
        List<Received> messages = queue.receive(TaskQueue.CALL_MAX, Duration.ZERO, VISIBILITY, UUID.randomUUID());
        if (!messages.isEmpty()) {
            assertThat(queue.extend(messages.stream().map(Received::receipt).toList(), Duration.ZERO))
                    .isEmpty();
        }
        return messages;
    }

    private List<Received> receiveAll(int messages) {
        var received = new ArrayList<Received>();
        Await.until("all came again", () -> {
            received.addAll(queue.receive(TaskQueue.CALL_MAX, Duration.ZERO, VISIBILITY, UUID.randomUUID()));
            return received.size() >= messages;
        });
        return received;
    }
}
