package io.broadcaster.aws;

import io.broadcaster.audit.AuditStore;
import io.broadcaster.testkit.contract.AuditStoreContract;

/** The adapter keeps the contract over the local cloud. */
final class DynamoAuditStoreIT extends AuditStoreContract {
    @Override
    protected AuditStore store() {
        return SharedCloud.cloud().audit();
    }
}
