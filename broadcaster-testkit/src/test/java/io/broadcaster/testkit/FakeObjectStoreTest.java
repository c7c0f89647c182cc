package io.broadcaster.testkit;

import io.broadcaster.audience.ObjectStore;
import io.broadcaster.testkit.contract.ObjectStoreContract;

/** The fake keeps the contract. */
final class FakeObjectStoreTest extends ObjectStoreContract {
    private final ObjectStore store = new FakeObjectStore();

    @Override
    protected ObjectStore store() {
        return store;
    }
}
