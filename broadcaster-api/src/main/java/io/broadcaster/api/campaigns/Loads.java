package io.broadcaster.api.campaigns;

import io.broadcaster.audit.AuditAction;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.campaign.Moves;
import io.broadcaster.task.LoadTask;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue;

/**
 * Asks a loader for the snapshot. The state is written first and the task sent after it; when the send fails, or the
 * process dies in between, the campaign stays LOADING and the same request repeated sends the task again (the queue drops
 * it if it is there already, and a loader resumes).
 */
public final class Loads {
    private final Changes changes;
    private final TaskQueue loads;

    public Loads(Changes changes, TaskQueue loads) {
        this.changes = changes;
        this.loads = loads;
    }

    /** Draft or Failed → Loading with its task sent; Loading: the task sent again. */
    public Asked<Campaign> load(CampaignId id, String principal) {
        Change change = changes.apply(
                id,
                Expected.any(),
                new Changes.Wish(principal, AuditAction.LOAD),
                (campaign, now) -> Moves.load(campaign, principal, now));
        return switch (change) {
            case Change.Done(Campaign loading) -> send(loading);
            case Change.Refused(var _, Campaign current) when current.state() instanceof Loading -> send(current);
            case Change.Refused _, Change.Stale _, Change.Contended _, Change.Taken _, Change.Missing _ ->
                new Asked.Not<>(change);
        };
    }

    private Asked<Campaign> send(Campaign campaign) {
        var task = new LoadTask(campaign.id(), campaign.revision());
        String unsent = Sending.one(loads, task.messageId(campaign.version()), TaskCodec.write(task));
        return unsent.isEmpty() ? new Asked.Sent<>(campaign) : new Asked.Unsent<>(unsent);
    }
}
