package io.broadcaster.testkit;

import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.testkit.contract.LedgerStoreContract;

/** The fake keeps the contract. */
final class FakeLedgerStoreTest extends LedgerStoreContract {
    private final LedgerStore store = new FakeLedgerStore();

    @Override
    protected LedgerStore store() {
        return store;
    }
}
