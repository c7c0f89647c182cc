package io.broadcaster.api.audit;

import io.broadcaster.api.go.Press;
import io.broadcaster.api.go.PressLog;
import io.broadcaster.audit.AuditAct;
import io.broadcaster.audit.AuditAction;
import io.broadcaster.audit.LaunchActs;
import io.broadcaster.campaign.Campaign;
import java.time.Instant;
import java.util.List;

/** Writes every press down without holding it up. The press that launched is told by the launch itself, and not only here. */
public final class PressTrail implements PressLog {
    private final AuditTrail trail;
    private final Acts acts;

    public PressTrail(AuditTrail trail) {
        this.trail = trail;
        this.acts = trail.acts();
    }

    @Override
    public void launched(Campaign launched) {
        trail.writeLater(() -> LaunchActs.of(launched));
    }

    @Override
    public void answered(Campaign seen, String presser, Press answer) {
        Instant at = acts.now();
        trail.writeLater(() -> switch (answer) {
            case Press.Launched(var launch) ->
                one(at, acts.about(presser, AuditAction.PRESS_AGAIN, seen, "launch " + launch.id()));
            case Press.Refused(var refusal) -> refused(at, seen, presser, refusal.sentence());
            case Press.NotNamed notNamed -> refused(at, seen, presser, notNamed.sentence());
            case Press.NotReady notReady -> refused(at, seen, presser, notReady.sentence());
            case Press.Contended(int attempts) ->
                refused(at, seen, presser, "lost " + attempts + " races against edits");
            case Press.Missing _ -> List.of();
        });
    }

    private List<AuditAct> refused(Instant at, Campaign seen, String presser, String why) {
        return one(at, acts.about(presser, AuditAction.PRESS_REFUSED, seen, why));
    }

    private static List<AuditAct> one(Instant at, AuditAct act) {
        return List.of(act.at(at));
    }
}
