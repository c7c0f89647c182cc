package io.broadcaster.localcloud.sqs.queue;

/**
 * One move of messages out of a dead-letter queue, as it stood when it was read.
 *
 * @param destinationArn empty when every message goes back where it came from
 * @param messagesPerSecond 0 for as fast as it goes
 * @param failure empty unless failed
 */
public record MoveTask(
        String handle,
        String sourceArn,
        String destinationArn,
        int messagesPerSecond,
        Status status,
        int moved,
        int toMove,
        long startedMillis,
        String failure) {

    /** Where a task stands; the names are those of the API. */
    public enum Status {
        RUNNING,
        COMPLETED,
        CANCELLED,
        FAILED
    }

    boolean isRunning() {
        return status == Status.RUNNING;
    }

    MoveTask moved(int messages) {
        return new MoveTask(
                handle,
                sourceArn,
                destinationArn,
                messagesPerSecond,
                status,
                moved + messages,
                toMove,
                startedMillis,
                "");
    }

    MoveTask ended(Status end, String why) {
        return new MoveTask(
                handle, sourceArn, destinationArn, messagesPerSecond, end, moved, toMove, startedMillis, why);
    }

    /** How many more may have moved by now: the first at once, then one per slot of the rate, and never over the total. */
    int allowance(long nowMillis, int chunkMax) {
        int left = Math.min(chunkMax, toMove - moved);
        if (messagesPerSecond == 0) {
            return left;
        }
        long allowed = 1 + (nowMillis - startedMillis) * messagesPerSecond / 1_000L;
        return (int) Math.min(left, allowed - moved);
    }

    /** When the next message may move. */
    long nextMillis(long nowMillis) {
        return messagesPerSecond == 0
                ? nowMillis
                : startedMillis + (moved * 1_000L + messagesPerSecond - 1) / messagesPerSecond;
    }
}
