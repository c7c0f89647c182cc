package io.broadcaster.testkit;

import io.broadcaster.audience.DeviceStore;
import io.broadcaster.testkit.contract.DeviceStoreContract;

/** The fake keeps the contract. */
final class FakeDeviceStoreTest extends DeviceStoreContract {
    private final DeviceStore store = new FakeDeviceStore();

    @Override
    protected DeviceStore store() {
        return store;
    }
}
