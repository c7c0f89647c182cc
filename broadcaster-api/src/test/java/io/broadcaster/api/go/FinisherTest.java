package io.broadcaster.api.go;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.campaign.StateName;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.delivery.WorkerProgress;
import io.broadcaster.testkit.FakeLedgerStore;
import io.broadcaster.testkit.FakeProgressStore;
import io.broadcaster.testkit.Fixtures;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FinisherTest {
    private final SharedWorld world = new SharedWorld();
    private final FakeLedgerStore ledger = new FakeLedgerStore();
    private final FakeProgressStore progress = new FakeProgressStore();
    private final Finisher finisher = new Finisher(world.campaigns, ledger, progress, world.clock);

    FinisherTest() {
        world.write(Fixtures.campaign(StateName.LAUNCHED).atVersion(1));
    }

    @Test
    void finish_withEveryDeviceInTheLedger_completesTheLaunch() {
        recordAllBut(0);

        finisher.finish();

        assertThat(world.stored().state()).isInstanceOf(Completed.class);
    }

    @Test
    void finish_withOneBatchMissing_staysLaunchedEvenPastNotAfter() {
        recordAllBut(1);

        for (int i = 0; i < 20; i++) {
            finisher.finish();
            world.clock.advance(Duration.ofMinutes(5));
        }

        assertThat(world.stored().state()).isInstanceOf(Launched.class);
    }

    @Test
    void finish_whenProgressSaysThatAllIsDone_looksAtTheLedgerAtOnce() {
        finisher.finish();
        recordAllBut(0);
        world.clock.advance(Duration.ofMillis(500));
        finisher.finish();
        assertThat(world.stored().state()).as("the next look is due in 2 s").isInstanceOf(Launched.class);

        var counts = new OutcomeCounts();
        counts.add(OutcomeCode.ACCEPTED, 100_000);
        progress.write(new WorkerProgress(
                world.launch().id(), "sender-1", Map.of(Platform.IOS, counts), Map.of(), world.clock.instant()));
        finisher.finish();

        assertThat(world.stored().state()).isInstanceOf(Completed.class);
    }

    private void recordAllBut(int batches) {
        SnapshotSummary snapshot = world.launched().armed().snapshot();
        for (Platform platform : Platform.values()) {
            int left = platform == Platform.IOS ? batches : 0;
            for (int batch = left; batch < snapshot.batches(platform); batch++) {
                byte[] outcomes = new byte[platform.batchMax()];
                Arrays.fill(outcomes, OutcomeCode.ACCEPTED.code());
                var row = new LedgerRow(
                        new BatchKey(world.launch().id(), platform, batch),
                        1,
                        "sender-1",
                        Fixtures.NOW,
                        outcomes,
                        Fixtures.NOW,
                        Fixtures.NOW,
                        List.of());
                ledger.write(row, LedgerStore.ABSENT);
            }
        }
    }
}
