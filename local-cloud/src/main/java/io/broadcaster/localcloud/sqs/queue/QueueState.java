package io.broadcaster.localcloud.sqs.queue;

import io.broadcaster.localcloud.sqs.queue.QueueSettings.DeduplicationScope;
import io.broadcaster.localcloud.sqs.queue.QueueSettings.Redrive;
import io.broadcaster.localcloud.sqs.queue.StoredMessage.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All rules of one FIFO queue, with time as an argument and no thread in sight: {@link FifoQueue} calls it under its
 * lock. Every step costs as much as the messages it touches, plus the logarithm of those in flight.
 * Bounds: {@link QueueLimits}. It never throws for what a caller may do.
 */
final class QueueState {
    /** SQS API reference, ChangeMessageVisibility: at most twelve hours from the receive. */
    static final Duration VISIBILITY_MAX = Duration.ofHours(12);

    private static final long MILLIS_PER_SECOND = 1_000L;

    private final QueueLimits limits;
    private final RandomGenerator random;
    private final DeadLetters deadLetters;
    private final String arn;
    private final long nonce;
    private final QueueContents contents = new QueueContents();
    private final DueHeap due = new DueHeap();
    private final DedupWindow sent = new DedupWindow();
    private final ReceiveAttempts attempts = new ReceiveAttempts();
    private final WaitingLine line = new WaitingLine();
    private QueueSettings settings;
    private long sequence;

    QueueState(
            String arn, QueueSettings settings, QueueLimits limits, RandomGenerator random, DeadLetters deadLetters) {
        this.arn = arn;
        this.settings = settings;
        this.limits = limits;
        this.random = random;
        this.deadLetters = deadLetters;
        this.nonce = random.nextLong();
    }

    void change(QueueSettings next) {
        settings = next;
    }

    /** Everything that time alone has brought about, the longest wait first to profit from it. */
    void advance(long now, Effects effects) {
        contents.endDelays(now - settings.delaySeconds() * MILLIS_PER_SECOND);
        List<Waiter> overdue = comeBack(now);
        dropOutlived(now);
        sent.expire(now);
        attempts.expire(now);
        serve(now, effects);
        for (Waiter waiter : overdue) {
            if (waiter.inLine) {
                line.leave(waiter);
                effects.answer(waiter.answer, new ReceiveOutcome.Delivered(List.of()));
            }
        }
    }

    /** Gives what is ready to those who wait. */
    void serve(long now, Effects effects) {
        for (Waiter waiter = line.first();
                waiter != null && contents.firstReady() != null && contents.inFlight() < limits.inFlightMax();
                waiter = line.first()) {
            List<Delivery> messages = collect(waiter.request, now);
            if (!messages.isEmpty()) {
                line.leave(waiter);
                due.remove(waiter);
                effects.answer(waiter.answer, new ReceiveOutcome.Delivered(messages));
            }
        }
    }

    SendOutcome send(MessageDraft draft, String deduplicationId, long now) {
        if (draft.content().bytes() > settings.messageBytesMax()) {
            return new SendOutcome.Refused(SendOutcome.Why.TOO_LONG);
        }
        DedupWindow.Key key = key(draft.groupId(), deduplicationId);
        DedupWindow.Entry first = sent.find(key);
        if (first != null) {
            return new SendOutcome.Duplicate(first.messageId(), first.sequence());
        }
        if (contents.size() >= limits.messagesMax() || sent.size() >= limits.messagesMax()) {
            return new SendOutcome.Refused(SendOutcome.Why.QUEUE_FULL);
        }
        StoredMessage message = add(Envelope.sent(newId(), draft, deduplicationId, now));
        sent.remember(key, message.envelope.messageId(), message.sequence, now);
        return new SendOutcome.Stored(message.envelope.messageId(), message.sequence);
    }

    /** A message from another queue. It is remembered as sent but never taken for a duplicate: it would be lost. */
    void adopt(Envelope envelope, long now) {
        StoredMessage message = add(envelope);
        DedupWindow.Key key = key(envelope.groupId(), envelope.deduplicationId());
        if (sent.find(key) == null) {
            sent.remember(key, envelope.messageId(), message.sequence, now);
        }
    }

    /** Answers at once, or returns the waiter that will be answered later. */
    @Nullable Waiter receive(ReceiveRequest request, Consumer<ReceiveOutcome> answer, long now, Effects effects) {
        supersede(request.attemptId(), effects);
        ReceiveAttempt attempt = request.attemptId().isEmpty() ? null : attempts.find(request.attemptId());
        if (attempt != null) {
            effects.answer(answer, repeat(attempt, request, now));
            return null;
        }
        List<Delivery> messages = collect(request, now);
        if (!messages.isEmpty() || request.waitSeconds() == 0) {
            effects.answer(answer, new ReceiveOutcome.Delivered(messages));
            return null;
        }
        if (line.size() >= limits.waitersMax()) {
            effects.answer(answer, new ReceiveOutcome.TooManyWaiters(limits.waitersMax()));
            return null;
        }
        Waiter waiter = new Waiter(request, answer);
        line.join(waiter);
        due.put(waiter, now + request.waitSeconds() * MILLIS_PER_SECOND);
        return waiter;
    }

    /** A waiter that was answered already stays answered. */
    void cancel(Waiter waiter) {
        line.leave(waiter);
        due.remove(waiter);
    }

    DeleteOutcome delete(String receiptHandle) {
        Receipt receipt = Receipt.parse(receiptHandle);
        if (receipt == null || receipt.queueNonce() != nonce) {
            return DeleteOutcome.RECEIPT_INVALID;
        }
        StoredMessage message = contents.find(receipt.sequence());
        if (message == null) {
            return DeleteOutcome.GONE_BEFORE;
        }
        if (message.state != State.IN_FLIGHT || message.generation != receipt.generation()) {
            return DeleteOutcome.RECEIPT_EXPIRED;
        }
        drop(message);
        return DeleteOutcome.DELETED;
    }

    VisibilityOutcome changeVisibility(String receiptHandle, int seconds, long now) {
        Receipt receipt = Receipt.parse(receiptHandle);
        if (receipt == null || receipt.queueNonce() != nonce) {
            return VisibilityOutcome.RECEIPT_INVALID;
        }
        StoredMessage message = contents.find(receipt.sequence());
        if (message == null) {
            return VisibilityOutcome.MESSAGE_GONE;
        }
        if (message.generation != receipt.generation()) {
            return VisibilityOutcome.RECEIPT_EXPIRED;
        }
        if (message.state != State.IN_FLIGHT) {
            return VisibilityOutcome.NOT_IN_FLIGHT;
        }
        long until = now + seconds * MILLIS_PER_SECOND;
        if (until > message.receivedMillis + VISIBILITY_MAX.toMillis()) {
            return VisibilityOutcome.BEYOND_TWELVE_HOURS;
        }
        message.breakAttempt();
        if (seconds == 0) {
            due.remove(message);
            contents.putBack(message);
        } else {
            due.put(message, until);
        }
        return VisibilityOutcome.CHANGED;
    }

    /** Takes up to that many messages out for good, in order, past no locked group, up to the first that may not go. */
    TakenOut takeOut(int messagesMax, Predicate<Envelope> mayGo) {
        List<Envelope> taken = new ArrayList<>();
        for (MessageGroup group = contents.firstReady(); group != null; group = contents.firstReady()) {
            StoredMessage message = group.first();
            if (message == null || taken.size() == messagesMax) {
                return new TakenOut(taken, TakenOut.Next.MORE);
            }
            if (!mayGo.test(message.envelope)) {
                return new TakenOut(taken, TakenOut.Next.BLOCKED);
            }
            taken.add(message.envelope);
            drop(message);
        }
        return new TakenOut(taken, TakenOut.Next.NOTHING_READY);
    }

    /** What was taken out, and what stands next in line. */
    record TakenOut(List<Envelope> messages, Next next) {
        enum Next {
            MORE,
            BLOCKED,
            NOTHING_READY
        }
    }

    /** A message that a move task brings: a new one for this queue. */
    void redrive(Envelope envelope, long now) {
        adopt(envelope.redriven(newId(), now), now);
    }

    void purge() {
        for (StoredMessage oldest = contents.oldest(); oldest != null; oldest = contents.oldest()) {
            drop(oldest);
        }
    }

    /** Sends every waiter away. */
    void close(Effects effects) {
        for (Waiter waiter = line.first(); waiter != null; waiter = line.first()) {
            cancel(waiter);
            effects.answer(waiter.answer, new ReceiveOutcome.QueueGone());
        }
    }

    /** When time next brings something about; Long.MAX_VALUE for never. */
    long nextDueMillis() {
        long next = Math.min(sent.nextEndMillis(), attempts.nextEndMillis());
        Due first = due.first();
        if (first != null) {
            next = Math.min(next, first.dueMillis);
        }
        StoredMessage oldest = contents.oldest();
        if (oldest != null) {
            next = Math.min(next, oldest.envelope.sentMillis() + settings.retentionSeconds() * MILLIS_PER_SECOND);
        }
        StoredMessage delayed = contents.firstDelayed();
        if (delayed != null) {
            next = Math.min(next, delayed.envelope.sentMillis() + settings.delaySeconds() * MILLIS_PER_SECOND);
        }
        return next;
    }

    QueueCounts counts() {
        return new QueueCounts(
                contents.size() - contents.inFlight() - contents.delayed(),
                contents.inFlight(),
                contents.delayed(),
                contents.groupCount(),
                line.size(),
                sent.size(),
                attempts.size());
    }

    private StoredMessage add(Envelope envelope) {
        return contents.add(envelope, sequence++, settings.delaySeconds() > 0);
    }

    private List<Delivery> collect(ReceiveRequest request, long now) {
        List<StoredMessage> taken = new ArrayList<>(request.messagesMax());
        for (MessageGroup group = contents.firstReady();
                group != null && hasRoom(taken, request);
                group = contents.firstReady()) {
            for (StoredMessage message = group.first();
                    message != null && message.state == State.VISIBLE && hasRoom(taken, request);
                    message = group.first()) {
                if (!movedAsDeadLetter(message, now)) {
                    contents.take(message);
                    taken.add(message);
                }
            }
            contents.settle(group);
        }
        List<Delivery> deliveries = new ArrayList<>(taken.size());
        for (StoredMessage message : taken) {
            deliveries.add(deliver(message, request.visibilitySeconds(), now));
        }
        if (!taken.isEmpty() && !request.attemptId().isEmpty()) {
            attempts.remember(request.attemptId(), taken, now);
        }
        return deliveries;
    }

    private boolean hasRoom(List<StoredMessage> taken, ReceiveRequest request) {
        return taken.size() < request.messagesMax() && contents.inFlight() < limits.inFlightMax();
    }

    private Delivery deliver(StoredMessage message, int visibilitySeconds, long now) {
        if (message.firstReceivedMillis == 0) {
            message.firstReceivedMillis = now;
        }
        message.receivesHere++;
        message.generation++;
        message.receivedMillis = now;
        due.put(message, now + visibilitySeconds * MILLIS_PER_SECOND);
        return delivery(message);
    }

    private Delivery delivery(StoredMessage message) {
        return new Delivery(
                message.envelope,
                message.sequence,
                new Receipt(nonce, message.sequence, message.generation).text(),
                message.receivesEverywhere(),
                message.firstReceivedMillis);
    }

    private boolean movedAsDeadLetter(StoredMessage message, long now) {
        if (!(settings.redrive() instanceof Redrive.DeadLetter redrive)
                || message.receivesHere < redrive.receivesMax()
                || !deadLetters.exists(redrive.targetArn())) {
            return false;
        }
        Envelope moved = message.envelope.deadLetter(arn, message.receivesEverywhere(), now);
        drop(message);
        deadLetters.accept(redrive.targetArn(), moved);
        return true;
    }

    private ReceiveOutcome repeat(ReceiveAttempt attempt, ReceiveRequest request, long now) {
        List<StoredMessage> messages = attempt.messages();
        if (messages.isEmpty()) {
            return new ReceiveOutcome.AttemptSpent();
        }
        for (StoredMessage message : messages) {
            due.put(message, now + request.visibilitySeconds() * MILLIS_PER_SECOND);
        }
        return new ReceiveOutcome.Delivered(
                messages.stream().map(this::delivery).toList());
    }

    /** The client that waits under this attempt id has asked again, so nobody listens to the first wait any more. */
    private void supersede(String attemptId, Effects effects) {
        Waiter abandoned = line.withAttemptId(attemptId);
        if (abandoned != null) {
            cancel(abandoned);
            effects.answer(abandoned.answer, new ReceiveOutcome.Delivered(List.of()));
        }
    }

    private List<Waiter> comeBack(long now) {
        List<Waiter> overdue = List.of();
        for (Due first = due.first(); first != null && first.dueMillis <= now; first = due.first()) {
            due.remove(first);
            switch (first) {
                case StoredMessage message -> {
                    message.breakAttempt();
                    contents.putBack(message);
                }
                case Waiter waiter -> {
                    overdue = overdue.isEmpty() ? new ArrayList<>() : overdue;
                    overdue.add(waiter);
                }
            }
        }
        return overdue;
    }

    private void dropOutlived(long now) {
        long sentBefore = now - settings.retentionSeconds() * MILLIS_PER_SECOND;
        for (StoredMessage oldest = contents.oldest();
                oldest != null && oldest.envelope.sentMillis() <= sentBefore;
                oldest = contents.oldest()) {
            drop(oldest);
        }
    }

    private void drop(StoredMessage message) {
        due.remove(message);
        message.breakAttempt();
        contents.remove(message);
    }

    private DedupWindow.Key key(String groupId, String deduplicationId) {
        return settings.deduplicationScope() == DeduplicationScope.MESSAGE_GROUP
                ? new DedupWindow.Key(groupId, deduplicationId)
                : new DedupWindow.Key("", deduplicationId);
    }

    private String newId() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
