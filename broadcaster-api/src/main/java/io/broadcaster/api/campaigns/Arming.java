package io.broadcaster.api.campaigns;

import io.broadcaster.api.campaigns.Changes.Wish;
import io.broadcaster.audit.AuditAction;
import io.broadcaster.campaign.ArmTerms;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.Pressers;
import io.broadcaster.campaign.Seen;
import io.broadcaster.delivery.Proof;
import io.broadcaster.delivery.ProofStore;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The last steps before the press and the only one after it: approve, arm, disarm, abort. */
public final class Arming {
    private final Changes changes;
    private final ProofStore proofs;

    public Arming(Changes changes, ProofStore proofs) {
        this.changes = changes;
        this.proofs = proofs;
    }

    /** Adds the second person's word, that he has seen all of it on a phone; the audit log keeps what. */
    public Change approve(CampaignId id, Expected expected, String approver, Seen seen) {
        String said = seen.variants().isEmpty() ? "" : "seen on a phone: " + String.join(", ", seen.variants());
        return changes.apply(
                id,
                expected,
                new Wish(approver, AuditAction.APPROVE, said),
                (campaign, now) -> Moves.approve(campaign, approver, seen, now));
    }

    /**
     * Arms on these terms; the proofs of exactly the loaded content decide which platforms were seen. {@code devices} is how
     * many the caller believes that it goes to; another number than the snapshot's is refused.
     */
    public Change arm(CampaignId id, ArmTerms terms, OptionalLong devices, String principal) {
        return changes.apply(
                id,
                Expected.any(),
                new Wish(principal, AuditAction.ARM, pressedBy(terms.pressers())),
                (campaign, now) -> otherSize(campaign, devices)
                        .<Move>map(refusal -> refusal)
                        .orElseGet(() -> Moves.arm(campaign, terms, proofed(campaign), principal, now)));
    }

    private static String pressedBy(Pressers pressers) {
        return pressers.names().isEmpty() ? "" : "to be pressed by " + pressers.sentence();
    }

    private static Optional<Move.Refused> otherSize(Campaign campaign, OptionalLong devices) {
        if (devices.isEmpty()
                || !(campaign.state() instanceof Loaded(var snapshot, var _))
                || devices.getAsLong() == snapshot.devices()) {
            return Optional.empty();
        }
        String rule = "its snapshot has " + snapshot.devices() + " devices, not " + devices.getAsLong();
        return Optional.of(new Move.Refused("arm", campaign.state().name(), rule));
    }

    /** Takes the campaign off the press. */
    public Change disarm(CampaignId id, String principal) {
        return changes.apply(id, Expected.any(), new Wish(principal, AuditAction.DISARM), Moves::disarm);
    }

    /** Stops a launch: what was not sent yet is suppressed. Done as well when it was aborted before. */
    public Change abort(CampaignId id, String principal) {
        Change change = changes.apply(
                id,
                Expected.any(),
                new Wish(principal, AuditAction.ABORT),
                (campaign, now) -> Moves.abort(campaign, principal, now));
        if (change instanceof Change.Refused(var _, Campaign current) && current.state() instanceof Aborted) {
            return new Change.Done(current);
        }
        return change;
    }

    private Set<Platform> proofed(Campaign campaign) {
        if (!(campaign.state() instanceof Loaded(var snapshot, var _))) {
            return Set.of();
        }
        return Proof.acceptedOn(snapshot.contentHash(), proofs.list(campaign.id()));
    }
}
