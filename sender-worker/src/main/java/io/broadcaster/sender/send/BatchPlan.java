package io.broadcaster.sender.send;

import io.broadcaster.campaign.DeliveryPolicy;
import java.time.Instant;

/**
 * What a run starts from. {@code outcomes} holds one ledger byte per device: those under PENDING are to be sent.
 * {@code maybeSent} says that an earlier owner may have sent them already, so that none of them may end as "never sent".
 */
@SuppressWarnings("ArrayRecordComponent") // the run copies it
public record BatchPlan(byte[] outcomes, boolean maybeSent, DeliveryPolicy policy, Instant notAfter) {
    /** The same with another end. */
    public BatchPlan until(Instant end) {
        return new BatchPlan(outcomes, maybeSent, policy, end);
    }
}
