package io.broadcaster.localcloud.sqs.queue;

/** Where a queue hands messages that were received too often. Called from any thread, outside the queue's lock. */
interface DeadLetters {
    /** Whether there is a queue with that ARN; may be called under a queue's lock. */
    boolean exists(String targetArn);

    void accept(String targetArn, Envelope envelope);
}
