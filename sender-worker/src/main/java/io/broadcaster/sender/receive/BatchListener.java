package io.broadcaster.sender.receive;

import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.SendOutcome;
import java.time.Duration;

/** Hears of the work on batches, for the meters. Any thread; never blocks. */
public interface BatchListener {
    /** So many requests ended so. */
    void attempts(Platform platform, SendOutcome outcome, int requests);

    /** Devices got their outcome in the ledger, by this worker's write. */
    void settled(Platform platform, OutcomeCode code, long devices);

    /** A batch was sent and recorded. */
    void batchSent(Platform platform, Duration took);

    /** A message is no batch: it goes to the dead letters after its last delivery. */
    void unreadable(Platform platform, int receiveCount, InvalidInput why);
}
