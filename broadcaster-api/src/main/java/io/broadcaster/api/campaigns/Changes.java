package io.broadcaster.api.campaigns;

import io.broadcaster.api.audit.AuditTrail;
import io.broadcaster.audit.AuditAct;
import io.broadcaster.audit.AuditAction;
import io.broadcaster.audit.LaunchActs;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.CampaignStore.WriteResult;
import io.broadcaster.campaign.CampaignStore.WriteResult.Conflict;
import io.broadcaster.campaign.CampaignStore.WriteResult.Missing;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.Move;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Read, judge by the rules, write down who is about to do it, write under the optimistic lock; when somebody else wrote in
 * between, look again at what stands, at most {@link #ATTEMPTS_MAX} times. Without the audit log nothing is changed, but for
 * an abort, whose record tells of itself. Safe for any thread; blocks as the stores do.
 */
public final class Changes {
    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    /** Conditional writes per change. */
    static final int ATTEMPTS_MAX = 10;

    private final CampaignStore campaigns;
    private final AuditTrail trail;
    private final InstantSource clock;

    public Changes(CampaignStore campaigns, AuditTrail trail, InstantSource clock) {
        this.campaigns = campaigns;
        this.trail = trail;
        this.clock = clock;
    }

    /** What somebody wants to do; {@code detail} is what the audit log keeps of it beside the move. */
    record Wish(String principal, AuditAction action, String detail) {
        Wish(String principal, AuditAction action) {
            this(principal, action, "");
        }
    }

    /** Makes {@code move} of the campaign. */
    Change apply(CampaignId id, Expected expected, Wish wish, BiFunction<Campaign, Instant, Move> move) {
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
                    switch (replace(before, after, wish)) {
                        case Written(Campaign stored) -> {
                            log(before, stored, wish.principal());
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

    private WriteResult replace(Campaign before, Campaign after, Wish wish) {
        if (wish.action() == AuditAction.ABORT) {
            WriteResult result = campaigns.replace(after);
            if (result instanceof Written(Campaign stored)) {
                trail.writeLater(() -> LaunchActs.of(stored));
            }
            return result;
        }
        AuditAct act = trail.acts().change(wish.principal(), wish.action(), before, after, wish.detail());
        return write(act, () -> campaigns.replace(after));
    }

    /** Writes the act down, then does it. When it is not done for sure, that is written down too. */
    WriteResult write(AuditAct act, Supplier<WriteResult> deed) {
        trail.write(act);
        WriteResult result = deed.get();
        if (!(result instanceof Written)) {
            trail.write(act.notDone("somebody else wrote first"));
        }
        return result;
    }

    /** The highest revision that a campaign of this id ever had; 0 when there was none. */
    int lastRevision(CampaignId id) {
        return trail.lastRevision(id);
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
