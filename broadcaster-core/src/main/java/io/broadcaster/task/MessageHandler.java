package io.broadcaster.task;

import io.broadcaster.task.TaskQueue.Received;

/**
 * Works on one message; called on a virtual thread of the message's own, many at once. It must stop when the lease is not
 * held any more: by then another worker may have the message. An exception counts as a failure and gives the message back.
 */
@FunctionalInterface
public interface MessageHandler {
    /** Does the work and says how it ended; {@link InterruptedException} when the consumer's drain time is over. */
    Handling handle(Received message, Lease lease) throws InterruptedException;
}
