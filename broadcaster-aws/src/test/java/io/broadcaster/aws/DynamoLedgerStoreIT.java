package io.broadcaster.aws;

import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.testkit.contract.LedgerStoreContract;

/** The adapter keeps the contract over the local cloud. */
final class DynamoLedgerStoreIT extends LedgerStoreContract {
    @Override
    protected LedgerStore store() {
        return SharedCloud.cloud().ledger();
    }
}
