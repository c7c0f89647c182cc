package io.broadcaster.api.audit;

import io.broadcaster.audit.AuditAct;
import io.broadcaster.audit.AuditStore;
import io.broadcaster.audit.SessionEndActs;
import io.broadcaster.audit.UnwrittenLaunches;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.StateName;
import io.broadcaster.identity.SessionEndStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Writes down the presses, aborts and ends of sessions that a dead process, or one without the audit log, left out: what is
 * stored of them tells of them itself. Runs in every API process on a background thread; the log takes each act once.
 */
public final class AuditCatchUp {
    /** How often it looks at launches under way. */
    public static final Duration EVERY = Duration.ofSeconds(1);

    /** How often at those that have ended as well, which reads every campaign that was ever launched, and at ended sessions. */
    public static final Duration LOOK_BACK_EVERY = Duration.ofMinutes(10);

    /** How long the process that was pressed is given to write by itself. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private final UnwrittenLaunches launches;
    private final SessionEndStore sessionEnds;
    private final AuditStore store;
    private final AuditTrail trail;
    private final InstantSource clock;
    private Instant lookBackAt = Instant.MIN;

    public AuditCatchUp(
            CampaignStore campaigns,
            SessionEndStore sessionEnds,
            AuditStore store,
            AuditTrail trail,
            InstantSource clock) {
        this.launches = new UnwrittenLaunches(campaigns, store);
        this.sessionEnds = sessionEnds;
        this.store = store;
        this.trail = trail;
        this.clock = clock;
    }

    /** Looks once at launches, and writes what is missing. */
    public void launches() {
        Instant now = clock.instant();
        boolean lookBack = !now.isBefore(lookBackAt);
        Set<StateName> states = lookBack ? UnwrittenLaunches.LAUNCHED_ONCE : Set.of(StateName.LAUNCHED);
        List<AuditAct> missing = launches.in(states, now.minus(GRACE));
        for (AuditAct act : missing) {
            trail.write(act);
        }
        if (lookBack) {
            lookBackAt = now.plus(LOOK_BACK_EVERY);
        }
    }

    /** Looks once at ended sessions, and writes what is missing. */
    public void sessionEnds() {
        Instant until = clock.instant().minus(GRACE);
        sessionEnds.list().stream()
                .map(SessionEndActs::of)
                .flatMap(List::stream)
                .filter(act -> act.at().isBefore(until)
                        && store.find(act.subject(), act.key()).isEmpty())
                .forEach(trail::write);
    }
}
