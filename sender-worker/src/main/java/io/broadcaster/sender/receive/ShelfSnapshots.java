package io.broadcaster.sender.receive;

import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.sender.snapshot.SnapshotInUse;
import io.broadcaster.sender.snapshot.SnapshotShelf;
import io.broadcaster.sender.snapshot.SnapshotShelf.Borrowed;
import io.broadcaster.sender.snapshot.WantedSnapshot;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.task.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * The snapshot that a batch is about: from memory, or loaded on demand by a sender that came late. While the campaigns' table
 * is out, the batch waits for it: given back at once it would use up its deliveries. Any thread; blocks.
 */
public final class ShelfSnapshots implements SnapshotSource {
    /** A table that failed is asked again after this; the rounds of the campaign watch tell of the outage. */
    static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(1);

    private final SnapshotShelf shelf;
    private final CampaignStore campaigns;
    private final Duration waitMax;
    private final WaitingClock clock;

    /** {@code waitMax} bounds the wait for the campaigns' table, and then that for the load that was asked for. */
    public ShelfSnapshots(SnapshotShelf shelf, CampaignStore campaigns, Duration waitMax, InstantSource clock) {
        this.shelf = shelf;
        this.campaigns = campaigns;
        this.waitMax = waitMax;
        this.clock = WaitingClock.of(clock);
    }

    @Override
    public Optional<SnapshotInUse> borrow(LaunchFacts launch) throws InterruptedException {
        Optional<Borrowed> there = shelf.borrow(launch.id(), Duration.ZERO);
        if (there.isPresent()) {
            return there.map(Function.identity());
        }
        Instant until = clock.instant().plus(waitMax);
        while (!demanded(launch)) {
            if (clock.instant().isAfter(until)) {
                return Optional.empty();
            }
            clock.sleep(ASK_AGAIN_AFTER);
        }
        return shelf.borrow(launch.id(), waitMax).map(Function.identity());
    }

    /** False while the campaigns' table cannot be asked. */
    private boolean demanded(LaunchFacts launch) {
        try {
            campaigns
                    .find(launch.campaign())
                    .filter(campaign -> campaign.launchId().equals(launch.id()))
                    .flatMap(WantedSnapshot::of)
                    .ifPresent(shelf::demand);
            return true;
        } catch (StoreException e) {
            return false;
        }
    }
}
