package io.broadcaster.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.testkit.FakeTaskQueue;
import io.broadcaster.testkit.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class RehearsalTest {
    private final TestClock clock = TestClock.atFixtures();
    private final FakeTaskQueue queue = new FakeTaskQueue(clock);

    @Test
    void run_messages_allAreHandledAndNothingIsLeft() throws Exception {
        Set<String> handled = ConcurrentHashMap.newKeySet();

        boolean whole = rehearsal(Duration.ofSeconds(20)).run(messages(35), (message, _) -> {
            handled.add(message.body());
            return Handling.DONE;
        });

        assertThat(whole).isTrue();
        assertThat(handled).hasSize(35);
        assertThat(queue.bodies()).isEmpty();
    }

    @Test
    void run_handlerThatThrows_goesOn() throws Exception {
        boolean whole = rehearsal(Duration.ofSeconds(20)).run(messages(3), (_, _) -> {
            throw new IllegalStateException("planned");
        });

        assertThat(whole).isTrue();
    }

    @Test
    void run_handlersThatHang_endsAtItsTime() throws Exception {
        var never = new CountDownLatch(1);

        boolean whole = rehearsal(Duration.ofMillis(20)).run(messages(3), (_, _) -> {
            never.await();
            return Handling.DONE;
        });

        assertThat(whole).isFalse();
    }

    private Rehearsal rehearsal(Duration timeMax) {
        return new Rehearsal(queue, timeMax, clock, new Random(1));
    }

    private static List<Outgoing> messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Outgoing("id-" + i, "body-" + i))
                .toList();
    }
}
