package io.broadcaster.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.task.Rehearsal.Report;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.testkit.FakeTaskQueue;
import io.broadcaster.testkit.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
final class RehearsalTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final TestClock clock = TestClock.atFixtures();
    private final FakeTaskQueue first = new FakeTaskQueue(clock);
    private final FakeTaskQueue second = new FakeTaskQueue(clock);
    private final Set<String> handled = ConcurrentHashMap.newKeySet();

    @Test
    void run_messagesOfTwoQueues_allAreWorkedThrough() {
        var rehearsal = new Rehearsal(PATIENT, clock);
        TaskQueue ios = rehearsal.with(first, messages("ios", 35));
        TaskQueue android = rehearsal.with(second, messages("android", 7));

        try (var _ = worker(ios, Handling.DONE);
                var _ = worker(android, Handling.DONE)) {
            assertThat(rehearsal.run()).isEqualTo(new Report(42, true, Duration.ZERO));
        }
        assertThat(handled).hasSize(42).contains("ios-34", "android-6");
        assertThat(first.bodies()).isEmpty();
        assertThat(second.bodies()).isEmpty();
    }

    @Test
    void run_noMessages_isWholeAtOnce() {
        assertThat(new Rehearsal(Duration.ZERO, clock).run().whole()).isTrue();
    }

    @Test
    void run_aMessageThatIsGivenBack_endsAtItsTime() {
        var rehearsal = new Rehearsal(Duration.ofMillis(20), clock);
        TaskQueue queue = rehearsal.with(first, messages("back", 3));

        try (var _ = worker(queue, new Handling.Return(Duration.ofHours(1)))) {
            assertThat(rehearsal.run().whole()).isFalse();
        }
    }

    @Test
    void run_interrupted_endsAndKeepsTheInterrupt() {
        var rehearsal = new Rehearsal(PATIENT, clock);
        rehearsal.with(first, messages("idle", 3));
        Thread.currentThread().interrupt();

        assertThat(rehearsal.run().whole()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    private QueueConsumer worker(TaskQueue queue, Handling handling) {
        var bounds = new ConsumerConfig(1, 8, Duration.ofMillis(50), Duration.ofMinutes(1), Duration.ofSeconds(1));
        var consumer = new QueueConsumer(queue, bounds, clock, new Random(1), (_, _) -> {});
        consumer.start((message, _) -> {
            handled.add(message.body());
            return handling;
        });
        return consumer;
    }

    private static List<Outgoing> messages(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Outgoing(name + "-" + i, name + "-" + i))
                .toList();
    }
}
