package io.broadcaster.testkit;

import io.broadcaster.audit.AuditStore;
import io.broadcaster.testkit.contract.AuditStoreContract;

/** The fake keeps the contract. */
final class FakeAuditStoreTest extends AuditStoreContract {
    private final AuditStore store = new FakeAuditStore();

    @Override
    protected AuditStore store() {
        return store;
    }
}
