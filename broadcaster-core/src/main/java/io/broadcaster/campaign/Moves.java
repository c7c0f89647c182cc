package io.broadcaster.campaign;

import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignState.Draft;
import io.broadcaster.campaign.CampaignState.Failed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.campaign.Move.Moved;
import io.broadcaster.campaign.Move.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules of every move of a campaign. Pure: each takes the campaign as read and answers with the campaign to store
 * under the optimistic lock, or a refusal that names the move, the state and the rule.
 */
public final class Moves {
    private Moves() {}

    /** Changes the spec: a new revision in Draft. Disarms; refused while loading and from the launch on. */
    public static Move edit(Campaign campaign, CampaignSpec spec, String editor, Instant now) {
        return editable("edit", campaign, campaign.edited(spec, campaign.audience(), editor, now));
    }

    /**
     * Changes the audience: a new revision in Draft. Disarms; refused while loading and from the launch on. Whoever uploads is
     * one more author.
     */
    public static Move replaceAudience(
            Campaign campaign, AudienceSource.Stored audience, String uploader, Instant now) {
        return editable("replace the audience of", campaign, campaign.edited(campaign.spec(), audience, uploader, now));
    }

    /** Draft or Failed → Loading. */
    public static Move load(Campaign campaign, String requestedBy, Instant now) {
        if (!(campaign.state() instanceof Draft || campaign.state() instanceof Failed)) {
            return refused("load", campaign, "it must be DRAFT or FAILED");
        }
        return switch (campaign.audience()) {
            case AudienceSource.None _ -> refused("load", campaign, "it has no audience");
            case AudienceSource.Stored _ -> moved(campaign, new Loading(requestedBy, now), now);
        };
    }

    /** Loading → Loaded. */
    public static Move loaded(Campaign campaign, SnapshotSummary snapshot, Instant now) {
        if (!(campaign.state() instanceof Loading)) {
            return refused("finish the load of", campaign, "it must be LOADING");
        }
        return moved(campaign, new Loaded(snapshot, List.of()), now);
    }

    /** Loading → Failed. */
    public static Move fail(Campaign campaign, String reason, Instant now) {
        if (!(campaign.state() instanceof Loading)) {
            return refused("fail", campaign, "it must be LOADING");
        }
        return moved(campaign, new Failed(reason, now), now);
    }

    /**
     * Adds an approval of exactly the loaded content by somebody who made no part of the campaign and says to have seen all that
     * phones show of this very revision.
     */
    public static Move approve(Campaign campaign, String approver, Seen seen, Instant now) {
        if (!(campaign.state() instanceof Loaded(var snapshot, var approvals))) {
            return refused("approve", campaign, "it must be LOADED");
        }
        if (campaign.authors().has(approver)) {
            return refused(
                    "approve",
                    campaign,
                    "'" + approver + "' made or changed part of it and cannot be the second person");
        }
        if (seen.revision() != campaign.revision()) {
            return refused(
                    "approve",
                    campaign,
                    "'revision' must be the one that was looked at, and that must be " + campaign.revision());
        }
        List<String> shown = campaign.spec().shown();
        if (!Set.copyOf(seen.variants()).equals(Set.copyOf(shown))) {
            return refused("approve", campaign, unlike(shown, seen.variants()));
        }
        var more = new ArrayList<>(approvals);
        more.removeIf(approval -> approval.by().equals(approver));
        more.add(new Approval(approver, now, snapshot.contentHash()));
        return moved(campaign, new Loaded(snapshot, more), now);
    }

    /**
     * Loaded → Armed.
     *
     * @param proofed the platforms to which a proof of exactly this content hash was accepted
     */
    public static Move arm(Campaign campaign, ArmTerms terms, Set<Platform> proofed, String armedBy, Instant now) {
        if (!(campaign.state() instanceof Loaded(var snapshot, var approvals))) {
            return refused("arm", campaign, "it must be LOADED");
        }
        for (Platform platform : Platform.values()) {
            if (snapshot.devices(platform) > 0 && !proofed.contains(platform)) {
                return refused(
                        "arm", campaign, "this content was not proofed on a test device of " + platform.wireName());
            }
        }
        if (approvals.stream().noneMatch(a -> a.contentHash().equals(snapshot.contentHash()))) {
            return refused("arm", campaign, "a second person must approve it");
        }
        if (!terms.window().notAfter().isAfter(now)) {
            return refused("arm", campaign, "not-after " + terms.window().notAfter() + " has passed");
        }
        return moved(campaign, new Armed(snapshot, approvals, terms, armedBy, now), now);
    }

    /** Armed → Loaded. */
    public static Move disarm(Campaign campaign, Instant now) {
        if (!(campaign.state() instanceof Armed armed)) {
            return refused("disarm", campaign, "it must be ARMED");
        }
        return moved(campaign, new Loaded(armed.snapshot(), armed.approvals()), now);
    }

    /** Armed → Launched by one of the pressers: the commit point. The launch's dispatch is pending. */
    public static Move go(Campaign campaign, int slices, String presser, Instant now) {
        if (!(campaign.state() instanceof Armed armed)) {
            return refused("launch", campaign, "it must be ARMED");
        }
        if (!armed.pressers().allow(presser)) {
            return refused("launch", campaign, "only " + armed.pressers().sentence() + " may press it");
        }
        if (!armed.window().contains(now)) {
            return refused(
                    "launch",
                    campaign,
                    "now " + now + " is not within " + armed.window().notBefore() + " to "
                            + armed.window().notAfter());
        }
        var launch = new Launch(
                campaign.launchId(),
                campaign.id(),
                campaign.revision(),
                presser,
                now,
                slices,
                armed.snapshot().batches());
        return moved(campaign, new Launched(armed, launch, new Dispatch.Pending(0, now)), now);
    }

    /** Marks the pending dispatch as sent. */
    public static Move dispatched(Campaign campaign, Instant now) {
        if (campaign.state() instanceof Launched launched && launched.dispatch() instanceof Dispatch.Pending pending) {
            var sent = new Dispatch.Sent(pending.ordinal(), now);
            return moved(campaign, new Launched(launched.armed(), launched.launch(), sent), now);
        }
        return refused("mark as dispatched", campaign, "it must be LAUNCHED with a pending dispatch");
    }

    /** Starts one more dispatch, under the next ordinal. */
    public static Move redispatch(Campaign campaign, Instant now) {
        if (campaign.state() instanceof Launched(var armed, var launch, var dispatch)) {
            var next = new Dispatch.Pending(dispatch.ordinal() + 1, now);
            return moved(campaign, new Launched(armed, launch, next), now);
        }
        return refused("dispatch again", campaign, "it must be LAUNCHED");
    }

    /** Launched → Completed, once the ledger accounts for every device. */
    public static Move complete(Campaign campaign, Instant now) {
        if (campaign.state() instanceof Launched launched) {
            return moved(campaign, new Completed(launched.armed(), launched.launch(), now), now);
        }
        return refused("complete", campaign, "it must be LAUNCHED");
    }

    /** Launched → Aborted. */
    public static Move abort(Campaign campaign, String abortedBy, Instant now) {
        if (campaign.state() instanceof Launched launched) {
            return moved(campaign, new Aborted(launched.armed(), launched.launch(), abortedBy, now), now);
        }
        return refused("abort", campaign, "it must be LAUNCHED");
    }

    private static String unlike(List<String> shown, List<String> seen) {
        if (shown.isEmpty()) {
            return "phones show nothing of a silent campaign: 'seen' must be empty";
        }
        List<String> unseen =
                shown.stream().filter(variant -> !seen.contains(variant)).toList();
        String wrong = unseen.isEmpty()
                ? "more was seen than phones show of this content"
                : "not yet seen on a phone: " + String.join(", ", unseen);
        return wrong + "; 'seen' must name " + String.join(", ", shown);
    }

    private static Move editable(String move, Campaign campaign, Campaign edited) {
        if (edited.authors().names().size() > Authors.MAX) {
            return refused(move, campaign, "it has " + Authors.MAX + " authors; copy the campaign");
        }
        return switch (campaign.state()) {
            case Draft _, Loaded _, Armed _, Failed _ -> new Moved(edited);
            case Loading _ -> refused(move, campaign, "wait until the load has ended");
            case Launched _, Completed _, Aborted _ -> refused(move, campaign, "a launch is final; copy the campaign");
        };
    }

    private static Move moved(Campaign campaign, CampaignState next, Instant now) {
        return new Moved(campaign.inState(next, now));
    }

    private static Move refused(String move, Campaign campaign, String rule) {
        return new Refused(move, campaign.state().name(), rule);
    }
}
