package io.broadcaster.loadtest.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import io.broadcaster.snapshot.ColumnWriter;
import io.broadcaster.snapshot.LoadedSnapshot;
import io.broadcaster.snapshot.ManifestJson;
import io.broadcaster.testkit.FakeLedgerStore;
import io.broadcaster.testkit.FakeObjectStore;
import io.broadcaster.testkit.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LedgerOutcomesTest {
    private static final LaunchId LAUNCH = LaunchId.of(Fixtures.CAMPAIGN, 1);
    private static final int BATCH_SIZE = 4;

    private final FakeLedgerStore ledger = new FakeLedgerStore();
    private final LoadedSnapshot snapshot = snapshot();

    @AfterEach
    void close() {
        snapshot.close();
    }

    @Test
    void forEach_allRowsThere_everyDeviceWithItsCode() {
        for (Platform platform : Platform.values()) {
            for (int batch = 0; batch < snapshot.batches(platform); batch++) {
                record(platform, batch, snapshot.devices(platform, batch), OutcomeCode.ACCEPTED);
            }
        }

        Map<Platform, List<DeviceOutcome>> told = told();

        for (Platform platform : Platform.values()) {
            assertThat(told.get(platform))
                    .extracting(DeviceOutcome::token)
                    .containsExactlyInAnyOrderElementsOf(
                            devices(platform).stream().map(Device::token).toList());
            assertThat(told.get(platform)).allMatch(outcome -> outcome.code() == OutcomeCode.ACCEPTED);
        }
    }

    @Test
    void forEach_batchWithoutRow_itsDevicesPending() {
        record(Platform.IOS, 0, BATCH_SIZE, OutcomeCode.ACCEPTED);

        var codes = told().getOrDefault(Platform.IOS, List.of()).stream()
                .collect(Collectors.groupingBy(DeviceOutcome::code, Collectors.counting()));

        assertThat(codes).isEqualTo(Map.of(OutcomeCode.ACCEPTED, 4L, OutcomeCode.PENDING, 6L));
    }

    @Test
    void forEachKey_sameDevicesAndCodesAsForEach() {
        record(Platform.IOS, 0, BATCH_SIZE, OutcomeCode.ACCEPTED);
        record(Platform.ANDROID, 1, BATCH_SIZE, OutcomeCode.UNREGISTERED);
        var byKey = new ArrayList<String>();
        new LedgerOutcomes(ledger, snapshot)
                .forEachKey((platform, high, low, code) -> byKey.add(new TokenKey(high, low).hex() + code));

        assertThat(byKey)
                .containsExactlyInAnyOrderElementsOf(told().values().stream()
                        .flatMap(List::stream)
                        .map(o -> TokenKey.of(o.platform(), o.token()).hex() + o.code())
                        .toList());
    }

    @Test
    void forEach_rowOfAnotherSize_errorOfTheData() {
        record(Platform.IOS, 0, BATCH_SIZE + 1, OutcomeCode.ACCEPTED);

        assertThatThrownBy(this::told).isInstanceOf(IllegalStateException.class).hasMessageContaining("batch 0");
    }

    private Map<Platform, List<DeviceOutcome>> told() {
        var told = new ArrayList<DeviceOutcome>();
        new LedgerOutcomes(ledger, snapshot).forEach(told::add);
        return told.stream().collect(Collectors.groupingBy(DeviceOutcome::platform));
    }

    private void record(Platform platform, int batch, int devices, OutcomeCode code) {
        byte[] outcomes = new byte[devices];
        Arrays.fill(outcomes, code.code());
        var row = new LedgerRow(
                new BatchKey(LAUNCH, platform, batch),
                1,
                "worker",
                Fixtures.NOW,
                outcomes,
                Instant.EPOCH,
                Instant.EPOCH,
                List.of());
        assertThat(ledger.write(row, LedgerStore.ABSENT)).isEqualTo(LedgerStore.Write.WRITTEN);
    }

    private static List<Device> devices(Platform platform) {
        var devices = new ArrayList<Device>();
        for (int n = 0; n < 10; n++) {
            devices.add(Fixtures.device(platform, n, Fixtures.ENGLISH));
        }
        return devices;
    }

    private static LoadedSnapshot snapshot() {
        var objects = new FakeObjectStore();
        var columns = new ArrayList<Manifest.Column>();
        for (Platform platform : Platform.values()) {
            try (var writer = ColumnWriter.open(objects, Fixtures.CAMPAIGN, 1, platform, BATCH_SIZE)) {
                int n = 0;
                for (Device device : devices(platform)) {
                    writer.append(0, Fixtures.user(n++), device);
                }
                columns.add(writer.seal());
            }
        }
        var content = Fixtures.spec().contents().getFirst();
        var variants = Arrays.stream(Platform.values())
                .map(platform -> new Manifest.Variant(platform, 0, Fixtures.ENGLISH, content, "{}"))
                .toList();
        var manifest = new Manifest(
                Fixtures.CAMPAIGN,
                1,
                LAUNCH,
                "hash",
                PushKind.ALERT,
                Duration.ofHours(1),
                Fixtures.NOW,
                variants,
                columns,
                new LoadCounts(20, 20, 0, 0, 20, 0));
        byte[] json = ManifestJson.write(manifest);
        String key = SnapshotKeys.manifest(Fixtures.CAMPAIGN, 1);
        assertThat(objects.putIfAbsent(key, json)).isNotNull();
        return LoadedSnapshot.load(objects, key, ManifestJson.sha256(json), 2);
    }
}
