package io.broadcaster.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.campaign.Platform;
import io.broadcaster.testkit.Fixtures;
import org.junit.jupiter.api.Test;

final class DetailsReaderTest {
    @Test
    void batch_acrossParts_standsRowForRowBesideTheTokens() {
        var written = WrittenSnapshot.of(0, 400_000, 250);
        assertThat(written.manifest().column(Platform.ANDROID).details().parts())
                .hasSizeGreaterThan(1);
        var details = DetailsReader.open(written.objects(), written.manifest(), Platform.ANDROID);
        var expected = WrittenSnapshot.expectedBatches(400_000, 250);
        for (int batch = 0; batch < expected.size(); batch++) {
            var rows = details.batch(batch);
            assertThat(rows).hasSameSizeAs(expected.get(batch));
            int n = expected.get(batch).getLast();
            var device = Fixtures.device(Platform.ANDROID, n, n % 3 == 0 ? Fixtures.GERMAN : Fixtures.ENGLISH);
            assertThat(rows.getLast())
                    .isEqualTo(new DetailsReader.Row(Fixtures.user(n), device.locale(), device.registeredAt()));
        }
    }

    @Test
    void batch_oneByteWrong_isRefused() {
        var written = WrittenSnapshot.of(10, 0, 250);
        String key = written.manifest().column(Platform.IOS).details().key();
        written.objects().corrupt(key, 400);

        assertThatThrownBy(() -> DetailsReader.open(written.objects(), written.manifest(), Platform.IOS))
                .isInstanceOf(SnapshotCorruptException.class)
                .hasMessageContaining(key);
    }
}
