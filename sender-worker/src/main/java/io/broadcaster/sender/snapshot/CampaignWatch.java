package io.broadcaster.sender.snapshot;

import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.StateName;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the shelf, at each interval, which snapshots are wanted: those of every campaign that is loaded, armed or launched.
 * One virtual thread of its own; a store that cannot be read leaves the last answer standing, logged once per outage.
 */
public final class CampaignWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CampaignWatch.class);
    private static final Set<StateName> WANTED = EnumSet.of(StateName.LOADED, StateName.ARMED, StateName.LAUNCHED);

    private final CampaignStore campaigns;
    private final SnapshotShelf shelf;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private boolean failing;

    private CampaignWatch(CampaignStore campaigns, SnapshotShelf shelf, Duration interval) {
        this.campaigns = campaigns;
        this.shelf = shelf;
        this.interval = interval;
        this.thread = Thread.ofVirtual().name("campaign-watch").unstarted(this::watchUntilClosed);
    }

    /** Starts watching, at once and then at each interval. */
    public static CampaignWatch start(CampaignStore campaigns, SnapshotShelf shelf, Duration interval) {
        var watch = new CampaignWatch(campaigns, shelf, interval);
        watch.thread.start();
        return watch;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watchUntilClosed() {
        try {
            do {
                look();
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            shelf.want(campaigns.inStates(WANTED).stream()
                    .flatMap(campaign -> WantedSnapshot.of(campaign).stream())
                    .toList());
            if (failing) {
                failing = false;
                log.info("campaigns can be read again");
            }
        } catch (RuntimeException e) {
            if (!failing) {
                failing = true;
                log.atWarn().setCause(e).log("campaigns cannot be read: new snapshots are not noticed");
            }
        }
    }
}
