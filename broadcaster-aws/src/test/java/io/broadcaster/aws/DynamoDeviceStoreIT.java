package io.broadcaster.aws;

import io.broadcaster.audience.DeviceStore;
import io.broadcaster.testkit.contract.DeviceStoreContract;

/** The adapter keeps the contract over the local cloud. */
final class DynamoDeviceStoreIT extends DeviceStoreContract {
    @Override
    protected DeviceStore store() {
        return SharedCloud.cloud().devices();
    }
}
