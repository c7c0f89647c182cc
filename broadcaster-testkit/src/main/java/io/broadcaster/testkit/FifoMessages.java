package io.broadcaster.testkit;

import io.broadcaster.task.DeadLetterQueue.DeadLetter;
import io.broadcaster.task.TaskQueue.Depth;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.task.TaskQueue.Receipt;
import io.broadcaster.task.TaskQueue.Received;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages of one queue and the FIFO rules over them. Confined to its owner's lock or thread. */
public final class FifoMessages {
    private static final Duration DEDUPLICATION = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final int maxReceiveCount;
    private final Map<String, Deque<Message>> groups = new LinkedHashMap<>();
    private final Map<String, Instant> sentAt = new HashMap<>();
    private final Map<String, Message> inFlight = new HashMap<>();
    private final Map<UUID, Attempt> attempts = new HashMap<>();
    private final List<Message> dead = new ArrayList<>();
    private long accepted;
    private long handles;

    /** A message is dead after {@code maxReceiveCount} receives. */
    public FifoMessages(InstantSource clock, int maxReceiveCount) {
        this.clock = clock;
        this.maxReceiveCount = maxReceiveCount;
    }

    /** Always succeeds: a duplicate is dropped in silence. */
    public boolean send(Outgoing outgoing) {
        Instant now = clock.instant();
        Instant before = sentAt.get(outgoing.id());
        if (before != null && now.isBefore(before.plus(DEDUPLICATION))) {
            return true;
        }
        sentAt.put(outgoing.id(), now);
        accepted++;
        groups.computeIfAbsent(outgoing.id(), _ -> new ArrayDeque<>()).add(new Message(outgoing, now));
        return true;
    }

    /** Gives up to {@code max} messages of free groups; the same ones to the same attempt. */
    public List<Received> receive(int max, Duration visibility, UUID attempt) {
        Instant now = clock.instant();
        attempts.values().removeIf(earlier -> !now.isBefore(earlier.at().plus(DEDUPLICATION)));
        Attempt earlier = attempts.get(attempt);
        if (earlier != null) {
            return again(earlier, now, visibility);
        }
        List<Message> taken = take(max, now, visibility);
        if (!taken.isEmpty()) {
            attempts.put(
                    attempt,
                    new Attempt(now, taken.stream().map(Message::handle).toList()));
        }
        return taken.stream().map(Message::received).toList();
    }

    /** False when the receipt has run out. */
    public boolean delete(Receipt receipt) {
        Message message = held(receipt);
        if (message == null) {
            return false;
        }
        inFlight.remove(receipt.handle());
        remove(message);
        return true;
    }

    /** False when the receipt has run out. */
    public boolean extend(Receipt receipt, Duration visibility) {
        Message message = held(receipt);
        if (message == null) {
            return false;
        }
        message.visibleAt = clock.instant().plus(visibility);
        return true;
    }

    /** How many messages wait, fly and are dead. */
    public Depth depth() {
        Instant now = clock.instant();
        long all = groups.values().stream().mapToLong(Deque::size).sum();
        long flying = inFlight.values().stream()
                .filter(message -> message.visibleAt.isAfter(now))
                .count();
        return new Depth(all - flying, flying, dead.size());
    }

    /** Whether there is no message, dead ones aside. */
    public boolean isEmpty() {
        return groups.isEmpty();
    }

    /** When the next message in flight becomes visible; MAX when none is in flight. */
    public Instant nextVisible() {
        Instant now = clock.instant();
        return inFlight.values().stream()
                .map(message -> message.visibleAt)
                .filter(visible -> visible.isAfter(now))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** Moves what is dead back, as new messages; answers with how many. */
    public int redrive() {
        List<Message> moved = List.copyOf(dead);
        dead.clear();
        Instant now = clock.instant();
        moved.forEach(message -> groups.computeIfAbsent(message.outgoing.id(), _ -> new ArrayDeque<>())
                .add(new Message(message.outgoing, now)));
        return moved.size();
    }

    List<DeadLetter> peekDead(int max) {
        return dead.stream()
                .limit(max)
                .map(message -> new DeadLetter(
                        message.outgoing.id(), message.outgoing.body(), message.receiveCount, message.sentAt))
                .toList();
    }

    List<String> bodies() {
        return groups.values().stream()
                .flatMap(Deque::stream)
                .map(message -> message.outgoing.body())
                .toList();
    }

    List<String> deadBodies() {
        return dead.stream().map(message -> message.outgoing.body()).toList();
    }

    long accepted() {
        return accepted;
    }

    private List<Message> take(int max, Instant now, Duration visibility) {
        var taken = new ArrayList<Message>();
        Iterator<Deque<Message>> each = groups.values().iterator();
        while (each.hasNext() && taken.size() < max) {
            Deque<Message> group = each.next();
            bury(group, now);
            if (group.isEmpty()) {
                each.remove();
            } else if (group.stream().noneMatch(message -> message.visibleAt.isAfter(now))) {
                group.stream().limit(max - taken.size()).forEach(message -> {
                    handOut(message, now, visibility);
                    taken.add(message);
                });
            }
        }
        return taken;
    }

    /** Moves the messages at the group's head that were received as often as is allowed to the dead-letter queue. */
    private void bury(Deque<Message> group, Instant now) {
        Message head = group.peek();
        while (head != null && head.receiveCount >= maxReceiveCount && !head.visibleAt.isAfter(now)) {
            inFlight.remove(head.handle());
            dead.add(group.remove());
            head = group.peek();
        }
    }

    private void handOut(Message message, Instant now, Duration visibility) {
        inFlight.remove(message.handle());
        message.receiveCount++;
        message.visibleAt = now.plus(visibility);
        message.handle = "receipt-" + ++handles;
        inFlight.put(message.handle, message);
    }

    private List<Received> again(Attempt attempt, Instant now, Duration visibility) {
        var same = new ArrayList<Received>();
        for (String handle : attempt.handles()) {
            Message message = held(new Receipt(handle));
            if (message != null) {
                message.visibleAt = now.plus(visibility);
                same.add(message.received());
            }
        }
        return same;
    }

    private @Nullable Message held(Receipt receipt) {
        Message message = inFlight.get(receipt.handle());
        return message != null && message.visibleAt.isAfter(clock.instant()) ? message : null;
    }

    private void remove(Message message) {
        Deque<Message> group = groups.get(message.outgoing.id());
        if (group != null) {
            group.remove(message);
            if (group.isEmpty()) {
                groups.remove(message.outgoing.id());
            }
        }
    }

    private record Attempt(Instant at, List<String> handles) {}

    private static final class Message {
        private final Outgoing outgoing;
        private final Instant sentAt;
        private Instant visibleAt;
        private String handle = "";
        private int receiveCount;

        Message(Outgoing outgoing, Instant sentAt) {
            this.outgoing = outgoing;
            this.sentAt = sentAt;
            this.visibleAt = sentAt;
        }

        String handle() {
            return handle;
        }

        Received received() {
            return new Received(outgoing.body(), new Receipt(handle), receiveCount, sentAt);
        }
    }
}
