package io.broadcaster.cli.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceStore;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.testkit.FakeDeviceStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeviceImportTest {
    private static final UserId ADA = new UserId("ada");

    private final FakeDeviceStore store = new FakeDeviceStore();
    private final List<Long> told = new ArrayList<>();
    private final DeviceImport devices = new DeviceImport(store, told::add);

    @Test
    void run_userComesAgainLater_keepsWhatTheUserHad() {
        devices.run(List.of(row(ADA, "aa01", 1)).iterator());
        devices.run(List.of(row(ADA, "aa02", 2)).iterator());

        assertThat(store.find(List.of(ADA)).get(ADA))
                .extracting(device -> device.token().value())
                .containsExactly("aa01", "aa02");
    }

    @Test
    void run_userComesAgainWhileReadsLag_keepsWhatTheUserHad() {
        DeviceStore lagging = new DeviceStore() {
            @Override
            public Map<UserId, List<Device>> find(Collection<UserId> users) {
                return Map.of();
            }

            @Override
            public Map<UserId, List<Device>> findLatest(Collection<UserId> users) {
                return store.find(users);
            }

            @Override
            public void put(Map<UserId, List<Device>> devices) {
                store.put(devices);
            }
        };
        new DeviceImport(lagging, told::add).run(List.of(row(ADA, "aa01", 1)).iterator());

        new DeviceImport(lagging, told::add).run(List.of(row(ADA, "aa02", 2)).iterator());

        assertThat(store.find(List.of(ADA)).get(ADA)).hasSize(2);
    }

    @Test
    void run_sameTokenAgain_replacesTheRegistration() {
        devices.run(List.of(row(ADA, "aa01", 1), row(ADA, "aa01", 7)).iterator());

        assertThat(store.find(List.of(ADA)).get(ADA))
                .extracting(Device::registeredAt)
                .containsExactly(Instant.ofEpochSecond(7));
    }

    @Test
    void run_moreUsersThanAChunk_writesAllAndTellsAfterEachChunk() {
        var rows = IntStream.range(0, 5_000)
                .mapToObj(i -> row(new UserId("user-" + i), "%08x".formatted(i), i))
                .iterator();

        assertThat(devices.run(rows)).isEqualTo(5_000);
        assertThat(told).containsExactly(2_000L, 4_000L, 5_000L);
        UserId last = new UserId("user-4999");
        assertThat(store.find(List.of(last))).containsKey(last);
    }

    @Test
    void run_aUserOfMoreDevicesThanTheBound_isRefusedWithItsRowAndNotKeptInMemory() {
        var taken = new AtomicInteger();
        var rows = Stream.iterate(0, i -> i + 1)
                .peek(taken::set)
                .map(i -> row(ADA, "%08x".formatted(i), i))
                .iterator();

        assertThatThrownBy(() -> devices.run(rows))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("row 101 must be of a user with at most 100 devices");
        assertThat(taken).hasValueLessThanOrEqualTo(DeviceImport.DEVICES_PER_USER_MAX + 1);
    }

    @Test
    void run_manyRowsOfOneDevice_areOneDevice() {
        var rows = IntStream.range(0, 1_000).mapToObj(i -> row(ADA, "aa01", i)).iterator();

        assertThat(devices.run(rows)).isEqualTo(1_000);
        assertThat(store.find(List.of(ADA)).get(ADA)).hasSize(1);
    }

    @Test
    void run_moreDevicesThanTheBoundWithTheStoredOnes_isRefused() {
        devices.run(rows(0, DeviceImport.DEVICES_PER_USER_MAX));

        assertThatThrownBy(() -> devices.run(rows(1_000, 1)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("user_id " + ADA.value() + " must be of a user with at most 100 devices");
    }

    private static Iterator<DeviceImport.Row> rows(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> row(ADA, "%08x".formatted(i), i))
                .iterator();
    }

    private static DeviceImport.Row row(UserId user, String token, long registered) {
        return new DeviceImport.Row(
                user,
                new Device(
                        Platform.IOS,
                        DeviceToken.of(Platform.IOS, token),
                        new LocaleTag("en"),
                        Instant.ofEpochSecond(registered)));
    }
}
