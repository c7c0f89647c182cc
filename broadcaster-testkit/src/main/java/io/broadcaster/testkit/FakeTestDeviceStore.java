package io.broadcaster.testkit;

import io.broadcaster.delivery.TestDevice;
import io.broadcaster.delivery.TestDeviceStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Test devices in memory. Safe for any thread. */
public final class FakeTestDeviceStore implements TestDeviceStore {
    private final Map<String, TestDevice> devices = new ConcurrentHashMap<>();

    @Override
    public void put(TestDevice device) {
        devices.put(device.name(), device);
    }

    @Override
    public Optional<TestDevice> find(String name) {
        return Optional.ofNullable(devices.get(name));
    }

    @Override
    public List<TestDevice> list() {
        return List.copyOf(devices.values());
    }
}
