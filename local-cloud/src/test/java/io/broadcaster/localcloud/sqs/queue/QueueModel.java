package io.broadcaster.localcloud.sqs.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A FIFO queue in the simplest words: one list, searched from the front at every step. Groups are served in the order
 * in which they became ready, which the API leaves open and our queue promises.
 */
final class QueueModel {
    private static final long DEDUPLICATION_MILLIS = 300_000;
    private static final long TWELVE_HOURS_MILLIS = 43_200_000;

    private final int inFlightMax;
    private int dues;
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, Long> sent = new HashMap<>();
    private final Set<String> readyOrder = new LinkedHashSet<>();

    QueueModel(int inFlightMax) {
        this.inFlightMax = inFlightMax;
    }

    static final class Message {
        final String group;
        final String id;
        boolean inFlight;
        long dueMillis;
        int dueOrder;
        long receivedMillis;
        int receives;

        Message(String group, String id) {
            this.group = group;
            this.id = id;
        }
    }

    record Receipt(Message message, int receive) {}

    /** Brings back what is due, the earliest first. */
    void advance(long now) {
        messages.stream()
                .filter(message -> message.inFlight && message.dueMillis <= now)
                .sorted(Comparator.<Message>comparingLong(message -> message.dueMillis)
                        .thenComparingInt(message -> message.dueOrder))
                .toList()
                .forEach(message -> {
                    message.inFlight = false;
                    settle(message.group);
                });
        sent.values().removeIf(at -> at + DEDUPLICATION_MILLIS <= now);
    }

    boolean send(String group, String id, long now) {
        advance(now);
        if (sent.putIfAbsent(group + ":" + id, now) != null) {
            return false;
        }
        messages.add(new Message(group, id));
        settle(group);
        return true;
    }

    List<Receipt> receive(int max, int seconds, long now) {
        advance(now);
        List<Receipt> taken = new ArrayList<>();
        for (String group : List.copyOf(readyOrder)) {
            for (Message message : List.copyOf(messages)) {
                if (message.group.equals(group) && taken.size() < max && inFlight() < inFlightMax) {
                    message.inFlight = true;
                    message.dueMillis = now + seconds * 1_000L;
                    message.dueOrder = dues++;
                    message.receivedMillis = now;
                    message.receives++;
                    taken.add(new Receipt(message, message.receives));
                }
            }
            settle(group);
        }
        return taken;
    }

    DeleteOutcome delete(Receipt receipt, long now) {
        advance(now);
        Message message = receipt.message();
        if (!messages.contains(message)) {
            return DeleteOutcome.GONE_BEFORE;
        }
        if (!message.inFlight || message.receives != receipt.receive()) {
            return DeleteOutcome.RECEIPT_EXPIRED;
        }
        messages.remove(message);
        settle(message.group);
        return DeleteOutcome.DELETED;
    }

    VisibilityOutcome changeVisibility(Receipt receipt, int seconds, long now) {
        advance(now);
        Message message = receipt.message();
        if (!messages.contains(message)) {
            return VisibilityOutcome.MESSAGE_GONE;
        }
        if (message.receives != receipt.receive()) {
            return VisibilityOutcome.RECEIPT_EXPIRED;
        }
        if (!message.inFlight) {
            return VisibilityOutcome.NOT_IN_FLIGHT;
        }
        if (now + seconds * 1_000L > message.receivedMillis + TWELVE_HOURS_MILLIS) {
            return VisibilityOutcome.BEYOND_TWELVE_HOURS;
        }
        message.dueMillis = now + seconds * 1_000L;
        message.dueOrder = dues++;
        advance(now);
        return VisibilityOutcome.CHANGED;
    }

    int visible() {
        return messages.size() - inFlight();
    }

    int inFlight() {
        return (int) messages.stream().filter(message -> message.inFlight).count();
    }

    int groups() {
        return (int) messages.stream().map(message -> message.group).distinct().count();
    }

    private void settle(String group) {
        List<Message> members =
                messages.stream().filter(message -> message.group.equals(group)).toList();
        if (members.isEmpty() || members.stream().anyMatch(message -> message.inFlight)) {
            readyOrder.remove(group);
        } else {
            readyOrder.add(group);
        }
    }
}
