package io.broadcaster.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.Platform;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchSizingTest {
    private static final long SEED = 500_250;

    @ParameterizedTest
    @CsvSource({
        // ios devices, android devices, ios batch, android batch
        "2_400_000, 1_600_000, 500, 250",
        "25_000, 0, 500, 250",
        "12_000, 8_000, 500, 250",
        "12_000, 2_000, 280, 250",
        "600, 400, 20, 20",
        "30, 19, 1, 1",
        "50, 0, 1, 1",
        "0, 0, 1, 1",
        "1, 0, 1, 1"
    })
    void devicesPerBatch_ofBoth_isTheLimitOrASpread(String ios, String android, int iosBatch, int androidBatch) {
        long iosDevices = Long.parseLong(ios.replace("_", ""));
        long androidDevices = Long.parseLong(android.replace("_", ""));

        assertThat(BatchSizing.devicesPerBatch(Platform.IOS, iosDevices, androidDevices))
                .isEqualTo(iosBatch);
        assertThat(BatchSizing.devicesPerBatch(Platform.ANDROID, iosDevices, androidDevices))
                .isEqualTo(androidBatch);
    }

    @Test
    void devicesPerBatch_anyAudience_givesFiftyBatchesWithinTheLimits() {
        var random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            long most = 1L << random.nextInt(1, 26);
            long ios = random.nextLong(most);
            long android = random.nextLong(most);
            int iosBatch = BatchSizing.devicesPerBatch(Platform.IOS, ios, android);
            int androidBatch = BatchSizing.devicesPerBatch(Platform.ANDROID, ios, android);
            long batches = Math.ceilDiv(ios, iosBatch) + Math.ceilDiv(android, androidBatch);

            assertThat(iosBatch).isBetween(1, 500);
            assertThat(androidBatch).isBetween(1, 250);
            assertThat(batches)
                    .as("seed %s, ios %s, android %s", SEED, ios, android)
                    .isGreaterThanOrEqualTo(Math.min(50, ios + android));
        }
    }
}
