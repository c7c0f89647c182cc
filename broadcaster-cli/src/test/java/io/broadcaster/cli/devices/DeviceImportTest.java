package io.broadcaster.cli.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.testkit.FakeDeviceStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
