package io.broadcaster.sender.send;

import io.broadcaster.delivery.SendOutcome;

/** Where the answers of one attempt go. Called from any thread, also before {@link BatchSender#send} returns; never blocks. */
public interface AnswerSink {
    /** The first request of the attempt is being handed to the provider's connection. At most once per attempt. */
    void started();

    /**
     * The devices at the first {@code count} of these positions were accepted: the common answer, many at a time. The array
     * is the caller's again afterwards.
     */
    void accepted(int[] positions, int count);

    /** The device at {@code position} is answered. Exactly once per position of the attempt, by this or {@link #accepted}. */
    void answered(int position, SendOutcome outcome);
}
