package io.broadcaster.snapshot;

import static io.broadcaster.testkit.Fixtures.CAMPAIGN;
import static io.broadcaster.testkit.Fixtures.ENGLISH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.campaign.Platform;
import io.broadcaster.testkit.FakeObjectStore;
import io.broadcaster.testkit.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ColumnWriterTest {
    private final FakeObjectStore objects = new FakeObjectStore();

    @ParameterizedTest
    @EnumSource
    void append_twoVariants_batchesDoNotMixThem(Platform platform) {
        var written = WrittenSnapshot.of(1_000, 1_000, 70);
        var expected = WrittenSnapshot.expectedBatches(1_000, 70);
        try (var snapshot = written.load()) {
            assertThat(snapshot.batches(platform)).isEqualTo(expected.size());
            for (int batch = 0; batch < expected.size(); batch++) {
                var devices = expected.get(batch);
                assertThat(snapshot.devices(platform, batch)).isEqualTo(devices.size());
                assertThat(snapshot.variant(platform, batch)).isEqualTo(devices.getFirst() % 3 == 0 ? 1 : 0);
                for (int position = 0; position < devices.size(); position++) {
                    assertThat(snapshot.token(platform, batch, position))
                            .isEqualTo(Fixtures.token(platform, devices.get(position)));
                }
            }
        }
    }

    @Test
    void seal_noDevices_filesWithoutBatches() {
        Manifest.Column column = seal(0);

        assertThat(column.devices()).isZero();
        assertThat(column.batches()).isZero();
        assertThat(column.tokens().parts()).hasSize(1);
        assertThat(objects.list(""))
                .contains(column.tokens().key(), column.details().key());
    }

    @Test
    void seal_manyDevices_partsCoverTheFileAndIosDevicesTakeFortyBytes() {
        Manifest.Column column = seal(300_000);

        var tokens = column.tokens();
        assertThat(tokens.bytes()).isEqualTo(objects.content(tokens.key()).length);
        assertThat(tokens.parts()).hasSize(2);
        assertThat(tokens.parts().getFirst().length()).isEqualTo(8 << 20);
        assertThat(tokens.bytes() / 300_000.0).isLessThan(40);
    }

    @Test
    void seal_sameBytesAreThere_isTheSameColumn() {
        assertThat(seal(1_000)).isEqualTo(seal(1_000));
    }

    @Test
    void seal_otherBytesAreThere_isRefusedAndNothingOverwritten() {
        seal(1_000);
        String key = SnapshotKeys.details(CAMPAIGN, 1, Platform.IOS);
        byte[] before = objects.content(key);

        assertThatThrownBy(() -> seal(999))
                .isInstanceOf(SnapshotCorruptException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("was sealed before");
        assertThat(objects.content(key)).isEqualTo(before);
    }

    @Test
    void close_unsealed_leavesNothing() {
        var writer = ColumnWriter.open(objects, CAMPAIGN, 1, Platform.IOS, 500);
        writer.append(0, Fixtures.user(1), Fixtures.device(Platform.IOS, 1, ENGLISH));
        writer.close();

        assertThat(objects.list("")).isEmpty();
    }

    @Test
    void open_batchSizeAboveThePlatformsLimit_isRefused() {
        assertThatThrownBy(() -> ColumnWriter.open(objects, CAMPAIGN, 1, Platform.ANDROID, 251))
                .hasMessageContaining("from 1 to 250, but was 251");
    }

    private Manifest.Column seal(int devices) {
        try (var writer = ColumnWriter.open(objects, CAMPAIGN, 1, Platform.IOS, 500)) {
            for (int n = 0; n < devices; n++) {
                writer.append(0, Fixtures.user(n), Fixtures.device(Platform.IOS, n, ENGLISH));
            }
            return writer.seal();
        }
    }
}
