package io.broadcaster.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import java.time.Instant;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicingTest {
    private static final long SEED = 50;
    private static final CampaignId CAMPAIGN = new CampaignId("big-game");
    private static final LaunchFacts LAUNCH = new LaunchFacts(
            LaunchId.of(CAMPAIGN, 1),
            CAMPAIGN,
            1,
            0,
            DeliveryPolicy.AT_LEAST_ONCE,
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(60));

    @ParameterizedTest
    @CsvSource({
        // ios batches, android batches, per slice, slices
        "4800, 6400, 200, 56",
        "30, 20, 1, 50",
        "60, 41, 2, 51",
        "49, 0, 1, 49",
        "0, 1, 1, 1",
        "0, 0, 1, 0",
        "60000, 80000, 200, 700"
    })
    void cut_batches_givesThatManySlices(int ios, int android, int perSlice, int slices) {
        SnapshotSummary snapshot = snapshot(ios, android);

        assertThat(Slicing.batchesPerSlice(snapshot)).isEqualTo(perSlice);
        assertThat(Slicing.count(snapshot)).isEqualTo(slices);
        assertThat(Slicing.cut(LAUNCH, snapshot)).hasSize(slices);
    }

    @Test
    void cut_anySnapshot_coversEveryBatchOnceInAtLeastFiftySlices() {
        var random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            int most = 1 << random.nextInt(1, 15);
            SnapshotSummary snapshot = snapshot(random.nextInt(most), random.nextInt(most));

            List<SliceTask> slices = Slicing.cut(LAUNCH, snapshot);

            assertThat(slices).as("seed %s, %s", SEED, snapshot).hasSize(Slicing.count(snapshot));
            assertThat(slices.size()).isGreaterThanOrEqualTo(Math.min(50, snapshot.batches()));
            assertThat(slices).allMatch(slice -> slice.batches() >= 1 && slice.batches() <= 200);
            assertThat(slices.stream().map(SliceTask::messageId).distinct()).hasSameSizeAs(slices);
            assertCoversOnce(slices, snapshot);
        }
    }

    @Test
    void cut_twice_isTheSame() {
        SnapshotSummary snapshot = snapshot(777, 333);

        assertThat(Slicing.cut(LAUNCH, snapshot)).isEqualTo(Slicing.cut(LAUNCH, snapshot));
    }

    @Test
    void cut_bothPlatforms_areInterleaved() {
        assertThat(Slicing.cut(LAUNCH, snapshot(50, 50)).subList(0, 4))
                .extracting(SliceTask::platform)
                .containsExactly(Platform.IOS, Platform.ANDROID, Platform.IOS, Platform.ANDROID);
    }

    private static void assertCoversOnce(List<SliceTask> slices, SnapshotSummary snapshot) {
        Map<Platform, BitSet> covered = new EnumMap<>(Platform.class);
        for (Platform platform : Platform.values()) {
            covered.put(platform, new BitSet());
        }
        for (SliceTask slice : slices) {
            BitSet own = covered.get(slice.platform());
            int end = slice.firstBatch() + slice.batches();
            assertThat(own.get(slice.firstBatch(), end).isEmpty()).isTrue();
            own.set(slice.firstBatch(), end);
        }
        covered.forEach((platform, own) -> {
            assertThat(own.cardinality()).isEqualTo(snapshot.batches(platform));
            assertThat(own.length()).isEqualTo(snapshot.batches(platform));
        });
    }

    private static SnapshotSummary snapshot(int iosBatches, int androidBatches) {
        return new SnapshotSummary(
                "key",
                "sha",
                "hash",
                iosBatches * 500L,
                iosBatches,
                androidBatches * 250L,
                androidBatches,
                new LoadCounts(0, 0, 0, 0, 0, 0));
    }
}
