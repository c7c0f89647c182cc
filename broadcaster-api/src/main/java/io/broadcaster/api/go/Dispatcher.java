package io.broadcaster.api.go;

import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.CampaignStore.WriteResult.Conflict;
import io.broadcaster.campaign.CampaignStore.WriteResult.Missing;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.Dispatch;
import io.broadcaster.campaign.Launch;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.task.Slicing;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One dispatch: the slices of a launch into tier 1, then the mark that they are there. Between the two nothing needs to
 * be undone: a dispatch without its mark is repeated under the next ordinal. Safe for any thread; blocks.
 */
public final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** Writes lost to others before the mark is left to the sweeper. */
    private static final int MARK_ATTEMPTS_MAX = 10;

    private final CampaignStore campaigns;
    private final SliceSender slices;
    private final InstantSource clock;
    private final ApiMeters meters;

    public Dispatcher(CampaignStore campaigns, SliceSender slices, InstantSource clock, ApiMeters meters) {
        this.campaigns = campaigns;
        this.slices = slices;
        this.clock = clock;
        this.meters = meters;
    }

    /** Dispatches again under the next ordinal, unless somebody else has begun to. Blocks until the slices are in. */
    void repeat(Campaign campaign) throws InterruptedException {
        if (Moves.redispatch(campaign, now()) instanceof Move.Moved(Campaign next)
                && campaigns.replace(next) instanceof Written(Campaign stored)) {
            meters.redispatched();
            dispatch(stored);
        }
    }

    /** Sends the slices of the pending dispatch and marks it. Blocks until they are in or have failed. */
    void dispatch(Campaign campaign) throws InterruptedException {
        if (!(campaign.state() instanceof Launched(var armed, var launch, var dispatch))) {
            throw new IllegalStateException("only a launched campaign is dispatched");
        }
        var facts = new LaunchFacts(
                launch.id(),
                campaign.id(),
                launch.revision(),
                dispatch.ordinal(),
                campaign.spec().policy(),
                launch.pressedAt(),
                armed.window().notAfter());
        int unsent = slices.send(Slicing.cut(facts, armed.snapshot()));
        if (unsent > 0) {
            meters.dispatchFailed();
            log(LOG.atWarn(), campaign.id(), launch, dispatch)
                    .addKeyValue("unsent", unsent)
                    .log("dispatch incomplete; the sweeper repeats it");
            return;
        }
        markSent(campaign, dispatch.ordinal());
        meters.dispatched();
        log(LOG.atInfo(), campaign.id(), launch, dispatch).log("launch dispatched");
    }

    /** Marks this very dispatch as sent; an abort or a later dispatch that came between is left as it is. */
    private void markSent(Campaign dispatched, int ordinal) {
        Campaign current = dispatched;
        for (int attempt = 0; attempt < MARK_ATTEMPTS_MAX; attempt++) {
            boolean ours = current.state() instanceof Launched(var _, var _, Dispatch.Pending(int pending, var _))
                    && pending == ordinal;
            if (!ours || !(Moves.dispatched(current, now()) instanceof Move.Moved(Campaign marked))) {
                return;
            }
            switch (campaigns.replace(marked)) {
                case Written _, Missing _ -> {
                    return;
                }
                case Conflict(Campaign newer) -> current = newer;
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static LoggingEventBuilder log(LoggingEventBuilder line, CampaignId id, Launch launch, Dispatch dispatch) {
        return line.addKeyValue("campaign", id)
                .addKeyValue("launch", launch.id())
                .addKeyValue("ordinal", dispatch.ordinal())
                .addKeyValue("slices", launch.slices())
                .addKeyValue("batches", launch.batches());
    }
}
