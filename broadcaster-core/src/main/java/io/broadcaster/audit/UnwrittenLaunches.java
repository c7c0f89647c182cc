package io.broadcaster.audit;

import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.StateName;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks for presses and aborts that campaigns tell of and the audit log does not. One thread; a read per launch, once: what
 * was found is remembered for as long as its campaign is listed.
 */
public final class UnwrittenLaunches {
    /** The states in which a campaign tells of its launch. */
    public static final Set<StateName> LAUNCHED_ONCE =
            Set.copyOf(EnumSet.of(StateName.LAUNCHED, StateName.COMPLETED, StateName.ABORTED));

    private final CampaignStore campaigns;
    private final AuditStore store;
    private final Set<String> written = new HashSet<>();

    public UnwrittenLaunches(CampaignStore campaigns, AuditStore store) {
        this.campaigns = campaigns;
        this.store = store;
    }

    /** The acts before {@code until}, of campaigns in these states, whose entries are missing. */
    public List<AuditAct> in(Set<StateName> states, Instant until) {
        List<AuditAct> told = campaigns.inStates(states).stream()
                .map(LaunchActs::of)
                .flatMap(List::stream)
                .filter(act -> act.at().isBefore(until))
                .toList();
        if (states.containsAll(LAUNCHED_ONCE)) {
            written.retainAll(told.stream().map(AuditAct::key).collect(Collectors.toSet()));
        }
        return told.stream().filter(act -> !isWritten(act)).toList();
    }

    private boolean isWritten(AuditAct act) {
        if (written.contains(act.key())) {
            return true;
        }
        boolean found = store.find(act.subject(), act.key()).isPresent();
        if (found) {
            written.add(act.key());
        }
        return found;
    }
}
