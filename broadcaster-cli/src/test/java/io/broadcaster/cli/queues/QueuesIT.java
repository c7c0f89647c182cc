package io.broadcaster.cli.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audit.AuditAction;
import io.broadcaster.audit.AuditSubject;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.cli.CloudCommands;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.task.TaskQueue.Received;
import io.broadcaster.testkit.Await;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands of an operator who finds dead letters, over a cloud of their own. */
@Timeout(60)
class QueuesIT {
    private static final String BODY = "batch/1 launch=0123456789abcdef0123456789abcdef platform=ios batch=";

    private final CloudCommands commands = new CloudCommands("queues", Map.of("cloud.max-receive-count", "2"));
    private final AwsCloud cloud = commands.cloud;
    private final TaskQueue queue = cloud.queue(QueueName.BATCHES_IOS);
    private final StringWriter out = commands.out;
    private final StringWriter err = commands.err;

    @BeforeEach
    void provision() {
        cloud.provisioner().provision();
    }

    @AfterEach
    void close() {
        commands.close();
    }

    @Test
    void status_someWaitAndSomeGaveUp_showsBothOfEveryQueue() {
        giveUp(3);
        assertThat(queue.send(List.of(new Outgoing("waiting", BODY + 9)))).isEmpty();

        assertThat(execute("status")).isEqualTo(ExitCode.OK);

        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
                .contains("batches-ios 1 0 3", "batches-android 0 0 0", "slices 0 0 0", "proofs 0 0 0", "loads 0 0 0");
    }

    @Test
    void inspect_someGaveUp_showsThemAndConsumesNone() {
        giveUp(3);

        assertThat(execute("inspect", "batches-ios", "--max=2")).isEqualTo(ExitCode.OK);

        assertThat(out.toString())
                .contains("2 of 3 dead letters of batches-ios shown")
                .contains("launch=0123456789abcdef0123456789abcdef")
                .contains(" deliveries, id letter-");
        assertThat(queue.depth().deadLetters()).isEqualTo(3);
    }

    @Test
    void redrive_someGaveUp_movesThemBackAndSaysHowMany() {
        giveUp(3);

        assertThat(execute("redrive", "batches-ios", "--rate=100", "--as=olga")).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).contains("3 messages moved back to batches-ios");
        assertThat(cloud.audit().list(AuditSubject.of(QueueName.BATCHES_IOS), "", 10))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.act().action()).isEqualTo(AuditAction.REDRIVE);
                    assertThat(entry.act().who()).isEqualTo("olga");
                    assertThat(entry.act().detail()).isEqualTo("3 dead letters, 100 per second");
                });
        assertThat(queue.depth()).isEqualTo(new TaskQueue.Depth(3, 0, 0));
    }

    @Test
    void redrive_nothingGaveUp_saysSoAndMovesNothing() {
        assertThat(execute("redrive", "slices")).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).contains("slices has no dead letters");
    }

    @Test
    void redrive_rateOutOfBounds_isUsage() {
        assertThat(execute("redrive", "slices", "--rate=501")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("--rate").contains("500");
    }

    @Test
    void inspect_unknownQueue_isUsageAndNamesTheQueues() {
        assertThat(execute("inspect", "batches")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("batches-ios").contains("slices");
    }

    private int execute(String... command) {
        return commands.execute(command);
    }

    private void giveUp(int messages) {
        var all = new ArrayList<Outgoing>();
        for (int i = 0; i < messages; i++) {
            all.add(new Outgoing("letter-" + i, BODY + i));
        }
        assertThat(queue.send(all)).isEmpty();
        Await.until("all gave up", () -> {
            List<Received> received =
                    queue.receive(TaskQueue.CALL_MAX, Duration.ZERO, Duration.ofSeconds(30), UUID.randomUUID());
            if (!received.isEmpty()) {
                assertThat(queue.extend(received.stream().map(Received::receipt).toList(), Duration.ZERO))
                        .isEmpty();
            }
            return queue.depth().deadLetters() == messages;
        });
    }
}
