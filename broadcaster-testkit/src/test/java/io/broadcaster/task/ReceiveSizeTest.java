package io.broadcaster.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.testkit.Await;
import io.broadcaster.testkit.FakeTaskQueue;
import io.broadcaster.testkit.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that ends piece by piece does not make receives of one message each. */
@Timeout(90)
final class ReceiveSizeTest {
    private static final int MESSAGES = 200;
    private static final int IN_FLIGHT_MAX = 20;
    private static final long STEP_NANOS = 200_000;

    private final TestClock clock = TestClock.atFixtures();
    private final FakeTaskQueue queue = new FakeTaskQueue(clock);
    private final AtomicInteger receives = new AtomicInteger();
    private final Semaphore steps = new Semaphore(0);

    @Test
    void start_messagesThatEndOneByOne_areReceivedByTheCallful() {
        for (int i = 0; i < MESSAGES; i++) {
            queue.send(List.of(new Outgoing("id-" + i, "body-" + i)));
        }
        var config = new ConsumerConfig(
                4, IN_FLIGHT_MAX, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(1));
        try (var consumer =
                new QueueConsumer(new Counted(queue, receives), config, clock, new Random(1), (_, _) -> {})) {
            consumer.start((_, _) -> {
                steps.acquire();
                return new Handling.Return(Duration.ofHours(1)); // given back alone, so that its room is free at once
            });
            Await.until("the bound is reached", () -> consumer.stats().inFlight() == IN_FLIGHT_MAX);

            for (int i = 0; i < MESSAGES; i++) {
                steps.release();
                LockSupport.parkNanos(STEP_NANOS);
            }
            Await.until("all have ended", () -> consumer.stats().returned() == MESSAGES);
            assertThat(receives.get()).isLessThan(MESSAGES / 2);
        }
    }

    /** Counts the receives that gave something. */
    private record Counted(TaskQueue queue, AtomicInteger receives) implements TaskQueue {
        @Override
        public List<FailedEntry> send(List<Outgoing> messages) {
            return queue.send(messages);
        }

        @Override
        public List<Received> receive(int max, Duration wait, Duration visibility, UUID attempt) {
            List<Received> messages = queue.receive(max, wait, visibility, attempt);
            receives.addAndGet(messages.isEmpty() ? 0 : 1);
            return messages;
        }

        @Override
        public List<FailedEntry> delete(List<Receipt> receipts) {
            return queue.delete(receipts);
        }

        @Override
        public List<FailedEntry> extend(List<Receipt> receipts, Duration visibility) {
            return queue.extend(receipts, visibility);
        }

        @Override
        public Depth depth() {
            return queue.depth();
        }
    }
}
