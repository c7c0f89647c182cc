package io.broadcaster.delivery;

import java.util.List;
import java.util.Optional;

/** The registered test devices. Safe for any thread; calls block. */
public interface TestDeviceStore {
    /** Registers or replaces a device. */
    void put(TestDevice device);

    /** One device. */
    Optional<TestDevice> find(String name);

    /** Every device. */
    List<TestDevice> list();
}
