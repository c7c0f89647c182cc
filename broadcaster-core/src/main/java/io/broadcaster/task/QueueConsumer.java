package io.broadcaster.task;

import io.broadcaster.task.ConsumerListener.Step;
import io.broadcaster.task.TaskQueue.QueueException;
import io.broadcaster.task.TaskQueue.Received;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * The loop of every worker: long polls that go on while earlier messages are worked on, a virtual thread per message, its
 * lease extended until it is settled, deletes in calls of ten. Bound: {@code inFlightMax} messages are received and not yet
 * settled; pollers wait for room. A failing receive is repeated with back-off under the same attempt id, so that messages
 * of a lost answer come again at once. {@link #close} drains.
 */
public final class QueueConsumer implements AutoCloseable {
    private static final Duration PAUSE_FIRST = Duration.ofMillis(50);
    private static final Duration PAUSE_MOST = Duration.ofSeconds(5);

    /** SQS remembers an attempt for five minutes; a repeat must be well within. */
    private static final Duration ATTEMPT_MAX = Duration.ofMinutes(4);

    /** Given to handlers to stop by themselves after the drain time, before they are interrupted; then once more. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(1);

    /** A message whose handler threw comes again after this: not at once, since it may well throw again. */
    private static final Duration FAILURE_PAUSE = Duration.ofSeconds(1);

    /** How long a poller that has room for one message waits for room for ten. */
    private static final Duration ROOM_GATHER = Duration.ofMillis(20);

    private final TaskQueue queue;
    private final ConsumerConfig config;
    private final WaitingClock clock;
    private final RandomGenerator random;
    private final ConsumerListener listener;
    private final ConsumerCounters counters = new ConsumerCounters();
    private final LeaseKeeper leases;
    private final ReceiptCalls deletes;
    private final ReceiptCalls givesBack;
    private final Semaphore room;
    private final ReentrantLock takingRoom = new ReentrantLock();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<Thread> pollers = new ArrayList<>();
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
    private volatile Instant restUntil = Instant.EPOCH;

    /** @param random must be safe for any thread ({@code Random} and {@code SecureRandom} are) */
    public QueueConsumer(
            TaskQueue queue,
            ConsumerConfig config,
            InstantSource clock,
            RandomGenerator random,
            ConsumerListener listener) {
        this.queue = queue;
        this.config = config;
        this.clock = WaitingClock.of(clock);
        this.random = random;
        this.listener = listener;
        this.leases = new LeaseKeeper(queue, config.visibility(), this.clock, counters, listener);
        this.deletes = new ReceiptCalls(queue::delete, this.clock, random, e -> listener.failed(Step.DELETE, e));
        this.givesBack = new ReceiptCalls(
                receipts -> queue.extend(receipts, Duration.ZERO),
                this.clock,
                random,
                e -> listener.failed(Step.GIVE_BACK, e));
        this.room = new Semaphore(config.inFlightMax());
    }

    /** Starts receiving; once only. */
    public void start(MessageHandler handler) {
        synchronized (pollers) {
            if (!pollers.isEmpty()) {
                throw new IllegalStateException("the consumer was started before");
            }
            leases.start();
            for (int i = 0; i < config.pollers(); i++) {
                pollers.add(Thread.ofVirtual().name("poller-" + i).start(() -> pollUntilStopped(handler)));
            }
        }
    }

    /** The figures of this moment. */
    public ConsumerStats stats() {
        return counters.stats();
    }

    /** The bounds that it was made with. */
    public ConsumerConfig config() {
        return config;
    }

    /**
     * Stops receiving and lets the work in flight finish within the drain time; then the leases of what is left are
     * revoked, its handlers interrupted, and its messages given back. Safe to call again.
     */
    @Override
    public void close() {
        stopping.countDown();
        try {
            joinPollers();
            if (!allSettledWithin(config.drainTime())) {
                leases.revokeAll();
                if (!allSettledWithin(STOP_GRACE)) {
                    workers.stream()
                            .sorted(Comparator.comparingLong(Thread::threadId))
                            .forEach(Thread::interrupt);
                    var _ = allSettledWithin(STOP_GRACE); // what still runs is left to its visibility
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            leases.stop();
        }
    }

    private void joinPollers() throws InterruptedException {
        List<Thread> started;
        synchronized (pollers) {
            started = List.copyOf(pollers);
        }
        for (Thread poller : started) {
            poller.interrupt();
        }
        for (Thread poller : started) {
            poller.join();
        }
    }

    private boolean allSettledWithin(Duration time) throws InterruptedException {
        boolean all = clock.acquire(room, config.inFlightMax(), time);
        if (all) {
            room.release(config.inFlightMax());
        }
        return all;
    }

    private void pollUntilStopped(MessageHandler handler) {
        var backoff = new Backoff(random, PAUSE_FIRST, PAUSE_MOST);
        try {
            while (!stopped()) {
                Duration rest = Duration.between(clock.instant(), restUntil);
                if (rest.isPositive()) {
                    var _ = clock.await(stopping, rest);
                } else {
                    receive(new Attempt(nextId(), takeRoom(), clock.instant()), backoff, handler);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // only close interrupts: the poller ends
        }
    }

    /**
     * Waits for room for one message, then a little for a call's worth: work that ends piece by piece would else make every
     * receive one of a single message. One poller at a time, so that they do not share out the room between them.
     */
    private int takeRoom() throws InterruptedException {
        takingRoom.lockInterruptibly();
        try {
            room.acquire();
            int more = TaskQueue.CALL_MAX - 1;
            try {
                if (clock.acquire(room, more, ROOM_GATHER)) {
                    return 1 + more;
                }
            } catch (InterruptedException e) {
                room.release(); // or close would wait out the drain time for work that nobody does
                throw e;
            }
            int taken = 1;
            while (taken < TaskQueue.CALL_MAX && room.tryAcquire()) {
                taken++;
            }
            return taken;
        } finally {
            takingRoom.unlock();
        }
    }

    /** Receives once and begins the work. Room that was not needed is free again afterwards. */
    private void receive(Attempt attempt, Backoff backoff, MessageHandler handler) throws InterruptedException {
        int taken = 0;
        try {
            Delivery delivery = deliver(attempt, backoff);
            taken = delivery.messages().size();
            begin(delivery.messages(), delivery.asked(), handler);
        } finally {
            room.release(attempt.max() - taken);
        }
    }

    /**
     * Repeats the very same call until it is answered. Its room stays taken meanwhile: the repeat of a call whose answer was
     * lost may give as many messages as the first asked for.
     */
    private Delivery deliver(Attempt attempt, Backoff backoff) throws InterruptedException {
        while (true) {
            Instant asked = clock.instant();
            try {
                List<Received> messages =
                        queue.receive(attempt.max(), config.longPoll(), config.visibility(), attempt.id());
                backoff.reset();
                return new Delivery(messages, asked);
            } catch (RuntimeException e) { // a poller that died of a bug below it would go unnoticed
                if (stopped()) {
                    return receiveLast(attempt);
                }
                counters.receiveFailed();
                listener.failed(Step.RECEIVE, e);
            }
            if (clock.await(stopping, backoff.next())
                    || clock.instant().isAfter(attempt.since().plus(ATTEMPT_MAX))) {
                return new Delivery(List.of(), asked);
            }
        }
    }

    /** {@link #close} broke off a poll: the messages that it may have taken are asked for again, to be given back. */
    private Delivery receiveLast(Attempt attempt) {
        var _ = Thread.interrupted();
        Instant asked = clock.instant();
        try {
            return new Delivery(queue.receive(attempt.max(), Duration.ZERO, config.visibility(), attempt.id()), asked);
        } catch (RuntimeException e) {
            counters.receiveFailed();
            listener.failed(Step.RECEIVE, e);
            return new Delivery(List.of(), asked);
        }
    }

    private void begin(List<Received> messages, Instant asked, MessageHandler handler) {
        counters.received(messages.size());
        for (Received message : messages) {
            Lease lease = leases.hold(message.receipt(), asked);
            Thread worker = Thread.ofVirtual().name("message").unstarted(() -> work(message, lease, handler));
            workers.add(worker);
            worker.start();
        }
    }

    private void work(Received message, Lease lease, MessageHandler handler) {
        boolean settled = false;
        try {
            settled = settle(lease, handled(message, lease, handler));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the drain time is over: the message is left to its visibility
        } finally {
            leases.forget(lease);
            workers.remove(Thread.currentThread());
            if (settled) {
                counters.settled();
            } else {
                counters.returned();
            }
            room.release();
        }
    }

    private Handling handled(Received message, Lease lease, MessageHandler handler) {
        if (stopped()) {
            return Handling.RETURN_NOW;
        }
        try {
            return handler.handle(message, lease);
        } catch (InterruptedException e) {
            return Handling.RETURN_NOW;
        } catch (RuntimeException e) {
            counters.handlerFailed();
            listener.failed(Step.HANDLE, e);
            return new Handling.Return(FAILURE_PAUSE);
        }
    }

    /** Whether the message is gone from the queue for good. Not extended from here on: that would undo a give-back. */
    private boolean settle(Lease lease, Handling handling) throws InterruptedException {
        leases.forget(lease);
        if (lease.loseIfRunOut(clock.instant())) {
            counters.leaseLost();
        }
        return switch (handling) {
            case Handling.Done _ -> {
                boolean deleted = deletes.submit(lease);
                if (!deleted) {
                    counters.deleteFailed();
                }
                yield deleted;
            }
            case Handling.Return(Duration after) -> {
                giveBackIfKnown(lease, after);
                yield false;
            }
            case Handling.Elsewhere(Duration after) -> {
                restUntil = clock.instant().plus(after);
                giveBackIfKnown(lease, after);
                yield false;
            }
        };
    }

    private void giveBackIfKnown(Lease lease, Duration after) throws InterruptedException {
        if (lease.known()) {
            giveBack(lease, after);
        }
    }

    /** A refusal or failure needs nothing more: the message then comes again when its visibility ends. */
    private void giveBack(Lease lease, Duration after) throws InterruptedException {
        if (after.isZero()) {
            var _ = givesBack.submit(lease);
            return;
        }
        try {
            var _ = queue.extend(List.of(lease.receipt()), after);
        } catch (QueueException e) {
            listener.failed(Step.GIVE_BACK, e);
        }
    }

    private boolean stopped() {
        return stopping.getCount() == 0;
    }

    private UUID nextId() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** One receive with all of its repeats. */
    private record Attempt(UUID id, int max, Instant since) {}

    /** What a receive gave, and when it was asked: leases count from there. */
    private record Delivery(List<Received> messages, Instant asked) {}
}
