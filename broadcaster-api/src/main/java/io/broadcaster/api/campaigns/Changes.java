package io.broadcaster.api.campaigns;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.CampaignStore.WriteResult.Conflict;
import io.broadcaster.campaign.CampaignStore.WriteResult.Missing;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.Move;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Read, judge by the rules, write under the optimistic lock; when somebody else wrote in between, look again at what
 * stands, at most {@link #ATTEMPTS_MAX} times. Safe for any thread; blocks as the store does.
 */
public final class Changes {
    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    /** Conditional writes per change. */
    static final int ATTEMPTS_MAX = 10;

    private final CampaignStore campaigns;
    private final InstantSource clock;

    public Changes(CampaignStore campaigns, InstantSource clock) {
        this.campaigns = campaigns;
        this.clock = clock;
    }

    /** Makes {@code move} of the campaign, in the name of {@code principal}. */
    public Change apply(CampaignId id, Expected expected, String principal, BiFunction<Campaign, Instant, Move> move) {
        Optional<Campaign> current = campaigns.find(id);
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            if (current.isEmpty()) {
                return new Change.Missing(id);
            }
            Campaign before = current.get();
            if (!expected.matches(before)) {
                return new Change.Stale(before);
            }
            switch (move.apply(before, now())) {
                case Move.Refused refusal -> {
                    return new Change.Refused(refusal, before);
                }
                case Move.Moved(Campaign after) -> {
                    switch (campaigns.replace(after)) {
                        case Written(Campaign stored) -> {
                            log(before, stored, principal);
                            return new Change.Done(stored);
                        }
                        case Conflict(Campaign newer) -> current = Optional.of(newer);
                        case Missing _ -> current = Optional.empty();
                    }
                }
            }
        }
        return new Change.Contended(id);
    }

    /** Now, in milliseconds: what every store keeps. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void log(Campaign before, Campaign after, String principal) {
        LOG.atInfo()
                .addKeyValue("campaign", after.id())
                .addKeyValue("revision", after.revision())
                .addKeyValue("version", after.version())
                .addKeyValue("from", before.state().name())
                .addKeyValue("to", after.state().name())
                .addKeyValue("by", principal)
                .log("campaign changed");
    }
}
