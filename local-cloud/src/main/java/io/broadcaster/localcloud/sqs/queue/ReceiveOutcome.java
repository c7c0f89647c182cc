package io.broadcaster.localcloud.sqs.queue;

import java.util.List;

/** What a receive is answered with. */
public sealed interface ReceiveOutcome {
    /** Empty when nothing came in time. */
    record Delivered(List<Delivery> messages) implements ReceiveOutcome {}

    /** The attempt id was used, and its messages are no longer as that receive left them. */
    record AttemptSpent() implements ReceiveOutcome {}

    /** As many receives wait as may. */
    record TooManyWaiters(int waitersMax) implements ReceiveOutcome {}

    /** The queue was deleted, or the server closes. */
    record QueueGone() implements ReceiveOutcome {}
}
