package io.broadcaster.sender.send;

import io.broadcaster.delivery.SendOutcome;

/** Where the answers of one attempt go. Called from any thread, also before {@link BatchSender#send} returns; never blocks. */
public interface AnswerSink {
    /** The first request of the attempt is being handed to the provider's connection. At most once per attempt. */
    void started();

    /** The device at {@code position} is answered: exactly once per position of the attempt. */
    void answered(int position, SendOutcome outcome);
}
