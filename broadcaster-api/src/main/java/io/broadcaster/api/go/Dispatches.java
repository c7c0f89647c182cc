package io.broadcaster.api.go;

import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.Dispatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which dispatches run, and when. A dispatch that is not marked as sent within the grace (its process died, the queue was
 * down) is repeated by whoever finds it: one conditional write decides who. Safe for any thread; {@link #begin} and
 * {@link #repeatIfOverdue} do not block, so that no presser waits for the queue.
 */
public final class Dispatches {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatches.class);

    private final Dispatcher dispatcher;
    private final Duration grace;
    private final Executor threads;
    private final InstantSource clock;
    private final ApiMeters meters;

    public Dispatches(Dispatcher dispatcher, Duration grace, Executor threads, InstantSource clock, ApiMeters meters) {
        this.dispatcher = dispatcher;
        this.grace = grace;
        this.threads = threads;
        this.clock = clock;
        this.meters = meters;
    }

    /** Starts the first dispatch of a launch that was just written. */
    void begin(Campaign launched) {
        threads.execute(() -> guarded(launched, () -> dispatcher.dispatch(launched)));
    }

    /** Starts one more dispatch when the campaign's has been pending for longer than the grace. */
    void repeatIfOverdue(Campaign campaign) {
        if (overdue(campaign)) {
            threads.execute(() -> repeat(campaign));
        }
    }

    /** Dispatches again, unless somebody else has begun to. Blocks until the slices are in or have failed. */
    void repeat(Campaign campaign) {
        guarded(campaign, () -> dispatcher.repeat(campaign));
    }

    /** Whether the dispatch has been pending for longer than the grace. */
    boolean overdue(Campaign campaign) {
        return campaign.state() instanceof Launched(var _, var _, Dispatch.Pending(var _, Instant since))
                && !since.plus(grace).isAfter(clock.instant());
    }

    private void guarded(Campaign campaign, Step step) {
        try {
            step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            meters.dispatchFailed();
            LOG.atError()
                    .addKeyValue("campaign", campaign.id())
                    .setCause(e)
                    .log("dispatch failed; the sweeper repeats it");
        }
    }

    private interface Step {
        void run() throws InterruptedException;
    }
}
