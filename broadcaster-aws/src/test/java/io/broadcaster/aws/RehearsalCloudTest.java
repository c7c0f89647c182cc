package io.broadcaster.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.campaign.Platform;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.LedgerStore.Write;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.task.TaskQueue.Received;
import io.broadcaster.testkit.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cloud that answers itself takes what workers do; its endpoints are never called. */
@Timeout(60)
final class RehearsalCloudTest {
    private final AwsCloud cloud = AwsCloud.rehearsal(
            CloudConfig.from(Settings.of(Map.of(
                    "cloud.sqs-endpoint", "http://127.0.0.1:1",
                    "cloud.dynamodb-endpoint", "http://127.0.0.1:1",
                    "cloud.s3-endpoint", "http://127.0.0.1:1"))),
            () -> Fixtures.NOW);

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void queue_messages_areReceivedOnceAndDeleted() {
        TaskQueue queue = cloud.queue(QueueName.SLICES);

        assertThat(queue.send(List.of(new Outgoing("a", "first"), new Outgoing("b", "second"))))
                .isEmpty();
        List<Received> received = receive(queue);

        assertThat(received).extracting(Received::body).containsExactly("first", "second");
        assertThat(received).extracting(Received::receiveCount).containsOnly(1);
        assertThat(queue.delete(received.stream().map(Received::receipt).toList()))
                .isEmpty();
        assertThat(receive(queue)).isEmpty();
        assertThat(receive(cloud.queue(QueueName.BATCHES_IOS))).isEmpty();
    }

    @Test
    void ledger_manyWriters_areAllAnswered() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Write>> writers = IntStream.range(0, 300)
                    .<Callable<Write>>mapToObj(i -> () -> cloud.ledger().write(row(i), LedgerStore.ABSENT))
                    .toList();
            var answers = new ArrayList<Write>();
            for (Future<Write> answer : threads.invokeAll(writers)) {
                answers.add(answer.get());
            }
            assertThat(answers).hasSize(300).containsOnly(Write.WRITTEN);
        }
        assertThat(cloud.ledger().read(row(1).key())).isEmpty();
        assertThat(cloud.ledgerWrites().rows()).isEqualTo(300);
        assertThat(cloud.ledgerWrites().calls()).isLessThan(300);
    }

    @Test
    void provisioner_isNotPartOfIt() {
        assertThatThrownBy(() -> cloud.provisioner().provision()).hasStackTraceContaining("nobody rehearses");
    }

    private static List<Received> receive(TaskQueue queue) {
        return queue.receive(TaskQueue.CALL_MAX, Duration.ofSeconds(1), Duration.ofMinutes(1), UUID.randomUUID());
    }

    private static LedgerRow row(int batch) {
        return new LedgerRow(
                Fixtures.batchKey(Platform.IOS, batch),
                1,
                "rehearsal",
                Instant.EPOCH,
                new byte[] {1},
                Instant.EPOCH,
                Instant.EPOCH,
                List.of());
    }
}
