package io.broadcaster.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceStore;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.testkit.Fixtures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link DeviceStore} does. */
public abstract class DeviceStoreContract {
    /** The store under test; it may hold devices of other tests. */
    protected abstract DeviceStore store();

    @Test
    void find_userWithDevicesOfBothPlatforms_readsThemInOrder() {
        UserId user = user();
        List<Device> devices = List.of(
                Fixtures.device(Platform.IOS, 1, Fixtures.ENGLISH),
                Fixtures.device(Platform.ANDROID, 2, Fixtures.GERMAN));
        store().put(Map.of(user, devices));

        assertThat(store().find(List.of(user))).isEqualTo(Map.of(user, devices));
    }

    @Test
    void find_unknownUser_isAbsent() {
        assertThat(store().find(List.of(user()))).isEmpty();
    }

    @Test
    void find_nobody_isEmpty() {
        assertThat(store().find(List.of())).isEmpty();
    }

    @Test
    void find_moreUsersThanACallTakes_isRefused() {
        var users = new ArrayList<UserId>();
        for (int i = 0; i <= DeviceStore.FIND_MAX; i++) {
            users.add(user());
        }

        assertThatThrownBy(() -> store().find(users)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void put_userWithDevices_replacesThem() {
        UserId user = user();
        store().put(Map.of(user, List.of(Fixtures.device(Platform.IOS, 1, Fixtures.ENGLISH))));
        List<Device> now = List.of(Fixtures.device(Platform.ANDROID, 9, Fixtures.GERMAN));

        store().put(Map.of(user, now));

        assertThat(store().find(List.of(user))).isEqualTo(Map.of(user, now));
    }

    @Test
    void put_noDeviceLeft_makesTheUserAbsent() {
        UserId user = user();
        store().put(Map.of(user, List.of(Fixtures.device(Platform.IOS, 1, Fixtures.ENGLISH))));

        store().put(Map.of(user, List.of()));

        assertThat(store().find(List.of(user))).isEmpty();
    }

    @Test
    void put_manyUsers_allAreFound() {
        var devices = new HashMap<UserId, List<Device>>();
        for (int i = 0; i < 260; i++) {
            devices.put(user(), List.of(Fixtures.device(Platform.IOS, i, Fixtures.ENGLISH)));
        }

        store().put(devices);

        var found = new HashMap<UserId, List<Device>>();
        var users = List.copyOf(devices.keySet());
        for (int from = 0; from < users.size(); from += DeviceStore.FIND_MAX) {
            found.putAll(store().find(users.subList(from, Math.min(from + DeviceStore.FIND_MAX, users.size()))));
        }
        assertThat(found).isEqualTo(devices);
    }

    private static UserId user() {
        return new UserId(Unique.name("user"));
    }
}
