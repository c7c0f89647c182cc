package io.broadcaster.audience;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The devices of users. Safe for any thread; calls block. */
public interface DeviceStore {
    /** Most users per call of {@link #find}: DynamoDB's BatchGetItem takes 100 keys. */
    int FIND_MAX = 100;

    /**
     * The devices of up to {@link #FIND_MAX} distinct users, unprocessed keys retried; a user without a device is absent. May
     * lag by a second.
     */
    Map<UserId, List<Device>> find(Collection<UserId> users);

    /** The same as last written: for whoever writes back what was found. A store whose {@link #find} never lags needs no other. */
    default Map<UserId, List<Device>> findLatest(Collection<UserId> users) {
        return find(users);
    }

    /** Writes all devices of each user, replacing what the user had; any number of users. */
    void put(Map<UserId, List<Device>> devices);
}
