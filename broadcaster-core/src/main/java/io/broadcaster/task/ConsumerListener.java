package io.broadcaster.task;

/** Hears of what went wrong in a {@link QueueConsumer}, for the log; the figures are in {@link ConsumerStats}. Any thread. */
@FunctionalInterface
public interface ConsumerListener {
    /** A step failed: it is repeated, or the message comes again. */
    void failed(Step step, Exception cause);

    /** What a consumer does with a message. */
    enum Step {
        RECEIVE,
        /** The handler threw. */
        HANDLE,
        EXTEND,
        DELETE,
        GIVE_BACK
    }
}
