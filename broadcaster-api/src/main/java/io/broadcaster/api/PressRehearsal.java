package io.broadcaster.api;

import io.broadcaster.api.go.Dispatcher;
import io.broadcaster.api.go.Dispatches;
import io.broadcaster.api.go.FleetView;
import io.broadcaster.api.go.Go;
import io.broadcaster.api.go.PressLog;
import io.broadcaster.api.go.SliceSender;
import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.campaign.ArmTerms;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.Authors;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.CampaignState;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.ContentHash;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.Dispatch;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.campaign.StateName;
import io.broadcaster.campaign.Window;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.Slicing;
import io.broadcaster.task.WaitingClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Presses of a campaign of nobody, over a cloud that answers itself, before the API serves: so that the first press finds
 * compiled code from its conditional write to its last slice. Nothing leaves the process. Bounds: {@code api.rehearsal-presses}
 * and {@link #TIME_MAX}. One that fails costs speed, not the API.
 */
final class PressRehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(PressRehearsal.class);
    private static final CampaignId CAMPAIGN = new CampaignId("rehearsal");
    private static final Duration TIME_MAX = Duration.ofSeconds(10);

    /** Slices of each press: more than a launch has, so that few presses do, and few lines of the log. */
    private static final int SLICES = 250;

    private final int presses;
    private final InstantSource clock;
    private final RandomGenerator random;

    PressRehearsal(int presses, InstantSource clock, RandomGenerator random) {
        this.presses = presses;
        this.clock = clock;
        this.random = random;
    }

    /** Answers, once all presses are dispatched or the time is over, with how many were. */
    int over(ApiPorts stage) {
        if (presses == 0) {
            return 0;
        }
        Instant began = clock.instant();
        int done = 0;
        try (Threads threads = Threads.open()) {
            while (done < presses && press(stage, threads, began.plus(TIME_MAX))) {
                done++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("the rehearsal failed: the first press will find a cold JVM");
        }
        LOG.atInfo()
                .addKeyValue("presses", done)
                .addKeyValue("whole", done == presses)
                .log(
                        "rehearsed in {} ms",
                        Duration.between(began, clock.instant()).toMillis());
        return done;
    }

    private boolean press(ApiPorts stage, Threads threads, Instant end) throws InterruptedException {
        var waiting = WaitingClock.of(clock);
        var meters = new ApiMeters(new SimpleMeterRegistry());
        var campaigns = new RehearsedCampaign(stage.campaigns(), armed(clock.instant()));
        var slices = new SliceSender(stage.queue(QueueName.SLICES), threads.calls(), (_, _) -> {}, random, clock);
        var dispatcher = new Dispatcher(campaigns, slices, clock, meters);
        var dispatches = new Dispatches(dispatcher, TIME_MAX, threads.requests(), clock, meters);
        var nobody = new Go.Readiness(new FleetView(stage.workers(), TIME_MAX, clock), 0);
        var _ = new Go(campaigns, nobody, dispatches, PressLog.none(), clock).press(CAMPAIGN, "rehearsal");
        return waiting.await(campaigns.dispatched, Duration.between(clock.instant(), end));
    }

    private static Campaign armed(Instant now) {
        var locale = new LocaleTag("en");
        var content =
                new Content(locale, EnumSet.allOf(Platform.class), "Rehearsal", "Nobody is to read this.", Map.of());
        var spec = new CampaignSpec(
                "rehearsal",
                PushKind.ALERT,
                DeliveryPolicy.AT_LEAST_ONCE,
                Duration.ofHours(1),
                locale,
                List.of(content));
        int batches = SLICES * Slicing.BATCHES_PER_SLICE_MAX / 2;
        long ios = (long) batches * Platform.IOS.batchMax();
        long android = (long) batches * Platform.ANDROID.batchMax();
        var counts = new LoadCounts(ios + android, ios + android, 0, 0, ios + android, 0);
        String hash = ContentHash.of(spec);
        var snapshot = new SnapshotSummary("", "", hash, ios, batches, android, batches, counts);
        var window = new Window(now.minus(TIME_MAX), now.plus(TIME_MAX)); // a press counts in whole milliseconds
        var state = new CampaignState.Armed(snapshot, List.of(), ArmTerms.anybody(window), "rehearsal", now);
        return new Campaign(CAMPAIGN, 1, 1, spec, new AudienceSource.None(), state, Authors.of("rehearsal"), now, now);
    }

    /** One campaign, in memory; each call is made on the stage's store too, for the sake of its code. */
    private static final class RehearsedCampaign implements CampaignStore {
        private final CampaignStore stage;
        private final CountDownLatch dispatched = new CountDownLatch(1);
        private volatile Campaign campaign;

        RehearsedCampaign(CampaignStore stage, Campaign campaign) {
            this.stage = stage;
            this.campaign = campaign;
        }

        @Override
        public Optional<Campaign> find(CampaignId id) {
            var _ = stage.find(id);
            return Optional.of(campaign);
        }

        @Override
        public WriteResult replace(Campaign next) {
            WriteResult result = stage.replace(next);
            if (result instanceof WriteResult.Written(Campaign stored)) {
                campaign = stored;
                if (stored.state() instanceof CampaignState.Launched(var _, var _, Dispatch.Sent _)) {
                    dispatched.countDown();
                }
            }
            return result;
        }

        @Override
        public List<Campaign> inStates(Set<StateName> states) {
            return List.of();
        }

        @Override
        public WriteResult create(Campaign other) {
            return new WriteResult.Conflict(campaign);
        }

        @Override
        public WriteResult delete(Campaign other) {
            return new WriteResult.Conflict(campaign);
        }
    }
}
