package io.broadcaster.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.sender.receive.ShelfSnapshots;
import io.broadcaster.sender.snapshot.SnapshotInUse;
import io.broadcaster.sender.snapshot.SnapshotShelf;
import io.broadcaster.testkit.FakeCampaignStore.Call;
import io.broadcaster.testkit.Fixtures;
import io.broadcaster.testkit.ForwardingClock;
import io.broadcaster.testkit.TestClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A batch whose snapshot is not in memory, while the campaigns' table is out. */
final class ShelfSnapshotsTest {
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private final TestClock time = TestClock.atFixtures();
    private final SenderWorld world = SenderWorld.atLeastOnce(1, 0);
    private final SnapshotShelf shelf = new SnapshotShelf(world.objects, 1L << 20, 1, time, () -> {});
    private final ShelfSnapshots snapshots =
            new ShelfSnapshots(shelf, world.campaigns, WAIT_MAX, new ForwardingClock(time) {
                @Override
                public void sleep(Duration pause) {
                    time.advance(pause);
                }
            });

    @AfterEach
    void free() {
        shelf.close();
    }

    @Test
    void borrow_tableComesBackWithinTheWait_isTheSnapshot() throws InterruptedException {
        world.campaigns.failCalls(Call.FIND, 10);

        try (SnapshotInUse snapshot = snapshots.borrow(world.launch).orElseThrow()) {
            assertThat(snapshot.manifest().launch()).isEqualTo(world.launch.id());
        }
    }

    @Test
    void borrow_tableStaysOut_isEmptyOnceTheWaitIsOver() throws InterruptedException {
        world.campaigns.failCalls(Call.FIND, Integer.MAX_VALUE);

        Optional<SnapshotInUse> borrowed = snapshots.borrow(world.launch);

        assertThat(borrowed).isEmpty();
        Duration waited = Duration.between(Fixtures.NOW, time.instant());
        assertThat(waited).isBetween(WAIT_MAX, WAIT_MAX.plusSeconds(2));
    }
}
