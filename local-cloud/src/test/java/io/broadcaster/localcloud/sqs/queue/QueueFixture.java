package io.broadcaster.localcloud.sqs.queue;

import io.broadcaster.localcloud.sqs.queue.QueueSettings.DeduplicationScope;
import io.broadcaster.localcloud.sqs.queue.QueueSettings.Redrive;
import io.broadcaster.localcloud.sqs.queue.QueueSettings.ThroughputLimit;
import io.broadcaster.localcloud.sqs.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Queues on virtual time, in few words. */
final class QueueFixture {
    static final QueueSettings HIGH_THROUGHPUT = new QueueSettings(
            30,
            0,
            345_600,
            0,
            1_048_576,
            false,
            DeduplicationScope.MESSAGE_GROUP,
            ThroughputLimit.PER_MESSAGE_GROUP,
            new Redrive.Never());

    private static final String ARN_PREFIX = "arn:aws:sqs:us-east-1:000000000000:";
    private static final long START_MILLIS = 1_000_000;
    private static final long SEED = 11;

    final VirtualTime time = new VirtualTime(START_MILLIS);
    final QueueRegistry registry;

    QueueFixture(QueueLimits limits) {
        registry = new QueueRegistry(ARN_PREFIX, time, new SplittableRandom(SEED), limits, 100);
    }

    QueueFixture() {
        this(QueueLimits.DEFAULT);
    }

    FifoQueue queue(String name, QueueSettings settings) {
        return switch (registry.create(name, settings, Map.of(), Map.of())) {
            case QueueRegistry.Creation.Created(RegisteredQueue created) -> created.queue();
            case QueueRegistry.Creation.Existed(RegisteredQueue existing) -> existing.queue();
            case QueueRegistry.Creation.TooMany(int max) -> throw new AssertionError("More than " + max);
        };
    }

    static QueueSettings with(QueueSettings from, int delaySeconds, int retentionSeconds, Redrive redrive) {
        return new QueueSettings(
                from.visibilitySeconds(),
                delaySeconds,
                retentionSeconds,
                from.receiveWaitSeconds(),
                from.messageBytesMax(),
                from.contentBasedDeduplication(),
                from.deduplicationScope(),
                from.throughputLimit(),
                redrive);
    }

    static MessageDraft draft(String group, String deduplicationId) {
        return new MessageDraft(group, deduplicationId, new MessageContent(deduplicationId, "", Map.of(), Map.of(), 1));
    }

    /** Each "group:id", where the id is also the body. */
    static List<SendOutcome> send(FifoQueue queue, String... groupsAndIds) {
        List<MessageDraft> drafts = new ArrayList<>();
        for (String groupAndId : groupsAndIds) {
            int colon = groupAndId.indexOf(':');
            drafts.add(draft(groupAndId.substring(0, colon), groupAndId.substring(colon + 1)));
        }
        return queue.send(drafts);
    }

    static List<Delivery> receive(FifoQueue queue, int max, int visibilitySeconds) {
        return receive(queue, new ReceiveRequest(max, visibilitySeconds, 0, "")).delivered();
    }

    static Answer receive(FifoQueue queue, ReceiveRequest request) {
        Answer answer = new Answer();
        answer.ticket = queue.receive(request, answer.outcomes::add);
        return answer;
    }

    static List<String> bodies(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> delivery.envelope().content().body())
                .toList();
    }

    /** What a receive was answered; at most once. */
    static final class Answer {
        final List<ReceiveOutcome> outcomes = new ArrayList<>();
        FifoQueue.Ticket ticket = () -> {};

        boolean isPending() {
            return outcomes.isEmpty();
        }

        ReceiveOutcome outcome() {
            if (outcomes.size() != 1) {
                throw new AssertionError("Answered " + outcomes.size() + " times");
            }
            return outcomes.getFirst();
        }

        List<Delivery> delivered() {
            if (outcome() instanceof ReceiveOutcome.Delivered(List<Delivery> messages)) {
                return messages;
            }
            throw new AssertionError("Answered " + outcome());
        }
    }
}
