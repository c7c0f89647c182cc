package io.broadcaster.sender.receive;

import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.sender.snapshot.SnapshotInUse;
import io.broadcaster.sender.snapshot.SnapshotShelf;
import io.broadcaster.sender.snapshot.SnapshotShelf.Borrowed;
import io.broadcaster.sender.snapshot.WantedSnapshot;
import io.broadcaster.task.LaunchFacts;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The snapshot that a batch is about: from memory, or loaded on demand by a sender that came late. Any thread; blocks. */
public final class ShelfSnapshots implements SnapshotSource {
    private final SnapshotShelf shelf;
    private final CampaignStore campaigns;
    private final Duration waitMax;

    /** {@code waitMax} bounds the wait for a load that was asked for. */
    public ShelfSnapshots(SnapshotShelf shelf, CampaignStore campaigns, Duration waitMax) {
        this.shelf = shelf;
        this.campaigns = campaigns;
        this.waitMax = waitMax;
    }

    @Override
    public Optional<SnapshotInUse> borrow(LaunchFacts launch) throws InterruptedException {
        Optional<Borrowed> there = shelf.borrow(launch.id(), Duration.ZERO);
        if (there.isPresent()) {
            return there.map(Function.identity());
        }
        campaigns
                .find(launch.campaign())
                .filter(campaign -> campaign.launchId().equals(launch.id()))
                .flatMap(WantedSnapshot::of)
                .ifPresent(shelf::demand);
        return shelf.borrow(launch.id(), waitMax).map(Function.identity());
    }
}
