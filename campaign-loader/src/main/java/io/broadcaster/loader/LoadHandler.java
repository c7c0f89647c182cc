package io.broadcaster.loader;

import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.CampaignStore.WriteResult;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.loader.LoadAttempt.Ended;
import io.broadcaster.task.Handling;
import io.broadcaster.task.Lease;
import io.broadcaster.task.LoadTask;
import io.broadcaster.task.MessageHandler;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue.Received;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one message of the loads queue means: the campaign's revision is loaded if it still is to be, and the campaign moves
 * to Loaded or Failed. Safe for any thread. A store that fails gives the message back, the last time it fails the campaign.
 */
final class LoadHandler implements MessageHandler {
    private static final Logger log = LoggerFactory.getLogger(LoadHandler.class);

    private final CampaignStore campaigns;
    private final LoadAttempt attempt;
    private final LoaderConfig config;
    private final InstantSource clock;
    private final LoaderMeters meters;

    LoadHandler(
            LoaderConfig config,
            CampaignStore campaigns,
            LoadAttempt attempt,
            InstantSource clock,
            LoaderMeters meters) {
        this.config = config;
        this.campaigns = campaigns;
        this.attempt = attempt;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public Handling handle(Received message, Lease lease) {
        LoadTask task;
        try {
            task = TaskCodec.readLoad(message.body());
        } catch (InvalidInput e) {
            meters.unreadable.increment();
            log.atError().setCause(e).log("a message of the loads queue is no load task; it goes to the dead letters");
            return new Handling.Return(config.retryDelay());
        }
        meters.started.increment();
        meters.running.incrementAndGet();
        try {
            return handle(task, message, lease);
        } catch (RuntimeException e) {
            return lease.held() ? retry(task, message, e) : giveBack(task, String.valueOf(e.getMessage()));
        } finally {
            meters.running.decrementAndGet();
        }
    }

    private Handling handle(LoadTask task, Received message, Lease lease) {
        Optional<Campaign> found = campaigns.find(task.campaign()).filter(campaign -> awaits(campaign, task));
        if (found.isEmpty()) {
            return drop(task, "it does not await this load");
        }
        Campaign campaign = found.get();
        if (!(campaign.state() instanceof Loading loading)
                || !(campaign.audience() instanceof AudienceSource.Stored audience)) {
            return drop(task, "it has no audience");
        }
        if (message.receiveCount() > config.attemptsMax()) {
            meters.failed.increment();
            return settle(
                    task,
                    new LoadResult.Failed("the load was begun " + config.attemptsMax() + " times and never ended"));
        }
        var request = new Load.Request(campaign, audience, loading.since());
        return switch (attempt.run(request, message.receiveCount(), lease)) {
            case Ended.Interrupted(String reason) -> giveBack(task, reason);
            case Ended.Finished(LoadResult result) -> {
                Handling handling = settle(task, result);
                switch (result) {
                    case LoadResult.Sealed _ -> meters.sealed.increment();
                    case LoadResult.Failed _ -> meters.failed.increment();
                }
                yield handling;
            }
        };
    }

    /** Moves the campaign; somebody else's edit in between is read and judged again. */
    private Handling settle(LoadTask task, LoadResult result) {
        Optional<Campaign> current = campaigns.find(task.campaign());
        while (current.isPresent() && awaits(current.get(), task)) {
            Move move = switch (result) {
                case LoadResult.Sealed(var snapshot) -> Moves.loaded(current.get(), snapshot, clock.instant());
                case LoadResult.Failed(String reason) -> Moves.fail(current.get(), reason, clock.instant());
            };
            switch (move) {
                case Move.Refused refused -> throw new IllegalStateException(refused.sentence());
                case Move.Moved(Campaign moved) -> {
                    switch (campaigns.replace(moved)) {
                        case WriteResult.Written _ -> {
                            return Handling.DONE;
                        }
                        case WriteResult.Conflict(Campaign other) -> current = Optional.of(other);
                        case WriteResult.Missing _ -> current = Optional.empty();
                    }
                }
            }
        }
        log.atInfo().addKeyValue("campaign", task.campaign()).log("load ended for a campaign that does not await it");
        return Handling.DONE;
    }

    private Handling retry(LoadTask task, Received message, RuntimeException failure) {
        meters.broken.increment();
        boolean last = message.receiveCount() >= config.attemptsMax();
        log.atError()
                .setCause(failure)
                .addKeyValue("campaign", task.campaign())
                .addKeyValue("attempt", message.receiveCount())
                .addKeyValue("last", last)
                .log("load broke off");
        if (!last) {
            return new Handling.Return(config.retryDelay());
        }
        try {
            return settle(
                    task,
                    new LoadResult.Failed("gave up after " + config.attemptsMax()
                            + " attempts; the last broke off with: " + failure.getMessage()));
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("campaign", task.campaign()).log("campaign could not be failed");
            return new Handling.Return(config.retryDelay());
        }
    }

    private Handling giveBack(LoadTask task, String reason) {
        meters.interrupted.increment();
        log.atInfo()
                .addKeyValue("campaign", task.campaign())
                .addKeyValue("reason", reason)
                .log("load given back");
        return Handling.RETURN_NOW;
    }

    private Handling drop(LoadTask task, String why) {
        meters.dropped.increment();
        log.atInfo()
                .addKeyValue("campaign", task.campaign())
                .addKeyValue("why", why)
                .log("load task dropped");
        return Handling.DONE;
    }

    private static boolean awaits(Campaign campaign, LoadTask task) {
        return campaign.revision() == task.revision() && campaign.state() instanceof Loading;
    }
}
