package io.broadcaster.aws;

import io.broadcaster.audience.ObjectStore;
import io.broadcaster.testkit.contract.ObjectStoreContract;

/** The adapter keeps the contract over the local cloud. */
final class S3ObjectStoreIT extends ObjectStoreContract {
    @Override
    protected ObjectStore store() {
        return SharedCloud.cloud().objects();
    }
}
