package io.broadcaster.task;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One FIFO queue. Group id and deduplication id are the same text, computed from what the message means. Safe for any
 * thread; calls block (run them on virtual threads); {@link QueueException} when the whole call failed.
 */
public interface TaskQueue {
    /** Most messages in one call (SQS). */
    int CALL_MAX = 10;

    /** Sends up to {@link #CALL_MAX} messages in one call and answers with the entries that failed; resend just those. */
    List<FailedEntry> send(List<Outgoing> messages);

    /**
     * Receives up to {@code max} (≤ {@link #CALL_MAX}) messages, waiting up to {@code wait} (≤ 20 s) for the first. A call
     * whose answer was lost is repeated under the same {@code attempt} to get the same messages.
     */
    List<Received> receive(int max, Duration wait, Duration visibility, UUID attempt);

    /** Deletes up to {@link #CALL_MAX} messages; an expired receipt fails. */
    List<FailedEntry> delete(List<Receipt> receipts);

    /** Makes up to {@link #CALL_MAX} messages visible again only after {@code visibility} from now; 0 gives them back at once. */
    List<FailedEntry> extend(List<Receipt> receipts, Duration visibility);

    /** Approximate depth of the queue and of its dead-letter queue. */
    Depth depth();

    /** A message to send. {@code id} becomes group id and deduplication id. */
    record Outgoing(String id, String body) {}

    /** A message as received; {@code receiveCount} is 1 on the first delivery. */
    record Received(String body, Receipt receipt, int receiveCount, Instant sentAt) {}

    /** The right to delete or extend one delivery. */
    record Receipt(String handle) {}

    /** Entry {@code index} of a call failed; {@code senderFault} means that repeating it cannot help. */
    record FailedEntry(int index, String code, boolean senderFault) {}

    /** Messages that wait, that are being worked on, and that gave up. */
    record Depth(long visible, long inFlight, long deadLetters) {}

    /** The call failed as a whole after the client's own retries; its effect is unknown. */
    final class QueueException extends RuntimeException {
        public QueueException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
