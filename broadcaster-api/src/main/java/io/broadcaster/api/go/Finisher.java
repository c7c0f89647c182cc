package io.broadcaster.api.go;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.campaign.StateName;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.delivery.ProgressStore;
import io.broadcaster.delivery.Reconciliation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a launch to COMPLETED once the ledger accounts for every device, to the unit. The workers' progress only says when
 * to look; the ledger decides. A launch past not-after with batches missing stays LAUNCHED, looked at ever more rarely.
 * Confined to one background thread; its memory is bounded by the launches under way.
 */
public final class Finisher {
    /** How often the progress is read. */
    public static final Duration EVERY = Duration.ofMillis(500);

    /** How often the ledger is read at least while the window is open: 12,000 rows, about 4 MB, at 4M devices. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    /** How rarely the ledger of a launch past its window is read. */
    static final Duration LOOK_EVERY_LATE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Finisher.class);

    private final CampaignStore campaigns;
    private final LedgerStore ledger;
    private final ProgressStore progress;
    private final InstantSource clock;
    private final Map<LaunchId, Look> looks = new HashMap<>();

    public Finisher(CampaignStore campaigns, LedgerStore ledger, ProgressStore progress, InstantSource clock) {
        this.campaigns = campaigns;
        this.ledger = ledger;
        this.progress = progress;
        this.clock = clock;
    }

    /** Looks once at every launch under way. */
    public void finish() {
        List<Campaign> launched = campaigns.inStates(Set.of(StateName.LAUNCHED));
        looks.keySet().retainAll(launched.stream().map(Campaign::launchId).collect(Collectors.toSet()));
        for (Campaign campaign : launched) {
            if (campaign.state() instanceof Launched state) {
                finish(campaign, state);
            }
        }
    }

    private void finish(Campaign campaign, Launched state) {
        LaunchId id = state.launch().id();
        Instant now = clock.instant();
        boolean seemsDone = terminalDevices(id) >= state.armed().snapshot().devices();
        Look last = looks.getOrDefault(id, Look.NEVER);
        boolean newlyDone = seemsDone && !last.seemedDone();
        if (!newlyDone && now.isBefore(last.at().plus(last.next()))) {
            return;
        }
        boolean late = !state.armed().window().contains(now);
        Duration next = newlyDone ? EVERY : seemsDone || late ? last.later() : LOOK_EVERY;
        looks.put(id, new Look(now, seemsDone, next));
        if (Reconciliation.of(id, state.armed().snapshot(), ledger).complete()) {
            complete(campaign, id);
        }
    }

    private long terminalDevices(LaunchId launch) {
        return progress.read(launch).stream()
                .flatMap(worker -> worker.counts().values().stream())
                .mapToLong(OutcomeCounts::terminal)
                .sum();
    }

    private void complete(Campaign campaign, LaunchId id) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        looks.remove(id);
        if (Moves.complete(campaign, now) instanceof Move.Moved(Campaign completed)
                && campaigns.replace(completed) instanceof Written) {
            LOG.atInfo()
                    .addKeyValue("campaign", campaign.id())
                    .addKeyValue("launch", id)
                    .log("launch completed");
        }
    }

    /** The last look at a ledger, whether the progress told that all was done, and how long to wait for the next. */
    private record Look(Instant at, boolean seemedDone, Duration next) {
        static final Look NEVER = new Look(Instant.EPOCH, false, LOOK_EVERY);

        Duration later() {
            Duration doubled = next.multipliedBy(2);
            return doubled.compareTo(LOOK_EVERY_LATE) < 0 ? doubled : LOOK_EVERY_LATE;
        }
    }
}
