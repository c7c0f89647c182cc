package io.broadcaster.task;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a worker work through messages that mean nothing, on queues that are nobody else's, before it says that it is ready: a
 * cold JVM takes many times as long for the first launch as a warm one. Bounds: the messages, and {@code timeMax}, after which
 * the worker goes on as warm as it is. The thread that starts the worker calls it; the worker's own threads call the queues.
 */
public final class Rehearsal {
    private final Duration timeMax;
    private final InstantSource clock;
    private final List<Part> parts = new ArrayList<>();
    private final AtomicInteger left = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);

    public Rehearsal(Duration timeMax, InstantSource clock) {
        this.timeMax = timeMax;
        this.clock = clock;
    }

    /** How it went: {@code whole} when every message was worked through in time. */
    public record Report(int messages, boolean whole, Duration took) {}

    private record Part(TaskQueue queue, List<TaskQueue.Outgoing> messages) {}

    /**
     * A queue with the messages to work through, as the worker is to see it: a message is done once the worker deletes it. Before
     * {@link #run}.
     */
    public TaskQueue with(TaskQueue queue, List<TaskQueue.Outgoing> messages) {
        parts.add(new Part(queue, List.copyOf(messages)));
        left.addAndGet(messages.size());
        return new Counted(queue);
    }

    /** Sends all messages to the worker, which has started, and waits until they are done, the time is over or the thread interrupted. */
    public Report run() {
        Instant began = clock.instant();
        int all = left.get();
        boolean whole = all == 0;
        try {
            for (Part part : parts) {
                for (int from = 0; from < part.messages.size(); from += TaskQueue.CALL_MAX) {
                    int to = Math.min(part.messages.size(), from + TaskQueue.CALL_MAX);
                    var _ = part.queue.send(part.messages.subList(from, to)); // what fails is missing at the end
                }
            }
            whole |= done.await(timeMax.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Report(all, whole, Duration.between(began, clock.instant()));
    }

    private void done(int messages) {
        if (messages > 0 && left.addAndGet(-messages) == 0) {
            done.countDown();
        }
    }

    /** Counts what is deleted. */
    private final class Counted implements TaskQueue {
        private final TaskQueue queue;

        Counted(TaskQueue queue) {
            this.queue = queue;
        }

        @Override
        public List<FailedEntry> send(List<Outgoing> messages) {
            return queue.send(messages);
        }

        @Override
        public List<Received> receive(int max, Duration wait, Duration visibility, UUID attempt) {
            return queue.receive(max, wait, visibility, attempt);
        }

        @Override
        public List<FailedEntry> delete(List<Receipt> receipts) {
            List<FailedEntry> failed = queue.delete(receipts);
            done(receipts.size() - failed.size());
            return failed;
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
