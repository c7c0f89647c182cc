package io.broadcaster.sender.settle;

import io.broadcaster.campaign.StoreException;

/** Hears what is worth counting. Any thread; never blocks. */
public interface SettlementListener {
    /** A record could not be written and is repeated while the lease holds. */
    void recordFailed(StoreException cause);

    /** Another worker wrote first; so many devices had an outcome from both, and the stored one stands. */
    void superseded(int devicesFromBoth);
}
