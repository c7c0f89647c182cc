package io.broadcaster.audit;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignState;
import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignState.Draft;
import io.broadcaster.campaign.CampaignState.Failed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.campaign.Dispatch;
import io.broadcaster.campaign.Launch;
import java.util.List;

/**
 * The acts that a launched campaign's own record tells of: its press, and its abort. They are a pure function of the record,
 * so that whoever finds their entries missing, at once or a week later, writes the same ones.
 */
public final class LaunchActs {
    private LaunchActs() {}

    /** None before the launch, the press after it, and the abort if there was one. */
    public static List<AuditAct> of(Campaign campaign) {
        return switch (campaign.state()) {
            case Draft _, Loading _, Loaded _, Armed _, Failed _ -> List.of();
            case Launched(var armed, var launch, var _) -> List.of(press(campaign, armed, launch));
            case Completed(var armed, var launch, var _) -> List.of(press(campaign, armed, launch));
            case Aborted aborted ->
                List.of(press(campaign, aborted.armed(), aborted.launch()), abort(campaign, aborted));
        };
    }

    private static AuditAct press(Campaign campaign, Armed armed, Launch launch) {
        return new AuditAct(
                launch.id().value(),
                launch.pressedAt(),
                launch.pressedBy(),
                AuditAction.PRESS,
                AuditSubject.of(campaign.id()),
                launch.revision(),
                RecordHash.of(campaign, armed),
                RecordHash.of(campaign, launched(armed, launch)),
                "launch " + launch.id() + " of " + armed.snapshot().devices() + " devices in " + launch.slices()
                        + " slices");
    }

    private static AuditAct abort(Campaign campaign, Aborted aborted) {
        return new AuditAct(
                aborted.launch().id().value(),
                aborted.abortedAt(),
                aborted.abortedBy(),
                AuditAction.ABORT,
                AuditSubject.of(campaign.id()),
                campaign.revision(),
                RecordHash.of(campaign, launched(aborted.armed(), aborted.launch())),
                RecordHash.of(campaign, aborted),
                "launch " + aborted.launch().id());
    }

    /** Of the dispatch nothing is hashed. */
    private static CampaignState launched(Armed armed, Launch launch) {
        return new Launched(armed, launch, new Dispatch.Pending(0, launch.pressedAt()));
    }
}
