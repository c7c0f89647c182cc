package io.broadcaster.api.campaigns;

import io.broadcaster.api.audit.Acts;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.audit.AuditAction;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.CampaignState.Draft;
import io.broadcaster.campaign.CampaignState.Failed;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.CampaignStore.WriteResult.Conflict;
import io.broadcaster.campaign.CampaignStore.WriteResult.Missing;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import java.util.Optional;

/** Creating, editing and deleting campaigns. Every content is rendered for its providers first, so that none is too long. */
public final class Authoring {
    private final CampaignStore campaigns;
    private final Changes changes;
    private final PayloadCheck payloads;
    private final ObjectStore objects;
    private final Acts acts;

    public Authoring(CampaignStore campaigns, Changes changes, PayloadCheck payloads, ObjectStore objects, Acts acts) {
        this.campaigns = campaigns;
        this.changes = changes;
        this.acts = acts;
        this.payloads = payloads;
        this.objects = objects;
    }

    /**
     * Stores a new draft, or answers Taken. Its revisions go on where those of a deleted namesake ended: snapshots, launch ids
     * and messages are known by id and revision, in the bucket, in the queues and in the memory of senders.
     */
    public Change create(CampaignId id, CampaignSpec spec, String author) {
        Campaign first = Campaign.draft(id, spec, author, changes.now());
        payloads.check(first.launchId(), spec);
        if (campaigns.find(id).isPresent()) {
            return new Change.Taken(id);
        }
        Campaign draft = first.after(changes.lastRevision(id));
        return switch (changes.write(acts.create(draft), () -> campaigns.create(draft))) {
            case Written(Campaign stored) -> new Change.Done(stored);
            case Conflict _ -> new Change.Taken(id);
            case Missing _ -> throw new IllegalStateException("a create finds nothing to miss");
        };
    }

    /** Replaces the spec: a new revision, disarmed. */
    public Change edit(CampaignId id, Expected expected, CampaignSpec spec, String editor) {
        return changes.apply(id, expected, new Changes.Wish(editor, AuditAction.EDIT), (campaign, now) -> {
            payloads.check(campaign.launchId(), spec);
            return Moves.edit(campaign, spec, editor, now);
        });
    }

    /** Removes a campaign that is not armed and was never launched, with its audiences and snapshots. */
    public Change delete(CampaignId id, Expected expected, String principal) {
        Optional<Campaign> found = campaigns.find(id);
        if (found.isEmpty()) {
            return new Change.Missing(id);
        }
        Campaign campaign = found.get();
        if (!expected.matches(campaign)) {
            return new Change.Stale(campaign);
        }
        if (!(campaign.state() instanceof Draft
                || campaign.state() instanceof Loaded
                || campaign.state() instanceof Failed)) {
            return new Change.Refused(
                    new Move.Refused("delete", campaign.state().name(), "it must be DRAFT, LOADED or FAILED"),
                    campaign);
        }
        return switch (changes.write(acts.delete(principal, campaign), () -> campaigns.delete(campaign))) {
            case Written(Campaign removed) -> {
                removeObjects(removed);
                yield new Change.Done(removed);
            }
            case Conflict(Campaign current) -> new Change.Stale(current);
            case Missing _ -> new Change.Missing(id);
        };
    }

    /** What a failure leaves behind is nobody's: a namesake has other revisions. */
    private void removeObjects(Campaign removed) {
        for (int revision = 1; revision <= removed.revision(); revision++) {
            objects.deleteAll(SnapshotKeys.prefix(removed.id(), revision));
        }
        objects.deleteAll(SnapshotKeys.audience(removed.id(), ""));
    }
}
