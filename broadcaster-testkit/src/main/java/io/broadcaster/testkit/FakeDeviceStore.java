package io.broadcaster.testkit;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceStore;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.StoreException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Devices in memory; refuses what BatchGetItem refuses: too many keys, or one twice. Safe for any thread. */
public final class FakeDeviceStore implements DeviceStore {
    private final Map<UserId, List<Device>> devices = new HashMap<>();
    private final Faults<Call> faults = new Faults<>(Call.class);
    private int finds;

    /** The kinds of call that can be made to fail. */
    public enum Call {
        FIND,
        PUT
    }

    /** The next {@code times} calls fail before any effect. */
    public void failCalls(Call call, int times) {
        faults.fail(call, times);
    }

    /** Calls of {@link #find} so far. */
    public synchronized int finds() {
        return finds;
    }

    @Override
    public Map<UserId, List<Device>> find(Collection<UserId> users) {
        if (users.size() > FIND_MAX || new HashSet<>(users).size() != users.size()) {
            throw new IllegalArgumentException(
                    "users must be at most " + FIND_MAX + " and distinct, but were " + users);
        }
        return faults.around(Call.FIND, FakeDeviceStore::failure, () -> findNow(users));
    }

    @Override
    public void put(Map<UserId, List<Device>> devices) {
        faults.around(Call.PUT, FakeDeviceStore::failure, () -> putNow(devices));
    }

    private synchronized Map<UserId, List<Device>> findNow(Collection<UserId> users) {
        finds++;
        var found = new HashMap<UserId, List<Device>>();
        for (UserId user : users) {
            List<Device> own = devices.getOrDefault(user, List.of());
            if (!own.isEmpty()) {
                found.put(user, own);
            }
        }
        return found;
    }

    private synchronized int putNow(Map<UserId, List<Device>> added) {
        added.forEach((user, own) -> devices.put(user, List.copyOf(own)));
        return added.size();
    }

    private static StoreException failure() {
        return new StoreException("planned fault of the device store");
    }
}
