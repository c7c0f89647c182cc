package io.broadcaster.api.campaigns;

import io.broadcaster.api.audit.AuditTrail;
import io.broadcaster.audit.AuditAction;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignState.Draft;
import io.broadcaster.campaign.CampaignState.Failed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.Proof;
import io.broadcaster.delivery.ProofStore;
import io.broadcaster.delivery.TestDevice;
import io.broadcaster.delivery.TestDeviceStore;
import io.broadcaster.task.ProofTask;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Proofs: a copy of exactly the loaded content for a registered test device. A sender delivers it and notes the answer. */
public final class Proofing {
    private final CampaignStore campaigns;
    private final ProofStore proofs;
    private final TestDeviceStore testDevices;
    private final TaskQueue queue;
    private final AuditTrail trail;
    private final ProofStamps stamps;

    public Proofing(ProofStores stores, TaskQueue queue, AuditTrail trail, ProofStamps stamps) {
        this.campaigns = stores.campaigns();
        this.proofs = stores.proofs();
        this.testDevices = stores.testDevices();
        this.queue = queue;
        this.trail = trail;
        this.stamps = stamps;
    }

    /** Where campaigns, their proofs and the phones for them are. */
    public record ProofStores(CampaignStore campaigns, ProofStore proofs, TestDeviceStore testDevices) {}

    /** Notes the proof as pending and asks a sender to deliver it; InvalidInput when no such device is registered. */
    public Asked<Proof> request(CampaignId id, String testDevice, String principal) {
        Optional<Campaign> found = campaigns.find(id);
        if (found.isEmpty()) {
            return new Asked.Not<>(new Change.Missing(id));
        }
        return switch (found.get().state()) {
            case Loaded(SnapshotSummary snapshot, var _) -> send(found.get(), snapshot, device(testDevice), principal);
            case Armed armed -> send(found.get(), armed.snapshot(), device(testDevice), principal);
            case Draft _, Loading _, Launched _, Completed _, Aborted _, Failed _ ->
                new Asked.Not<>(refused(found.get()));
        };
    }

    /** Every proof of the campaign, the newest first; empty when there is no such campaign. */
    public Optional<List<Proof>> list(CampaignId id) {
        return campaigns
                .find(id)
                .map(_ -> proofs.list(id).stream()
                        .sorted((a, b) -> b.requestedAt().compareTo(a.requestedAt()))
                        .toList());
    }

    private Asked<Proof> send(Campaign campaign, SnapshotSummary snapshot, TestDevice device, String principal) {
        var proof = new Proof(
                stamps.ids().get(),
                campaign.id(),
                campaign.revision(),
                snapshot.contentHash(),
                device.name(),
                device.platform(),
                device.locale(),
                principal,
                stamps.now(),
                OutcomeCode.PENDING);
        trail.write(trail.acts()
                .about(principal, AuditAction.PROOF, campaign, "proof " + proof.id() + " for " + device.name()));
        proofs.put(proof);
        var task = new ProofTask(campaign.id(), campaign.revision(), proof.id(), proof.platform());
        String unsent = Sending.one(queue, task.messageId(), TaskCodec.write(task));
        return unsent.isEmpty() ? new Asked.Sent<>(proof) : new Asked.Unsent<>(unsent);
    }

    private TestDevice device(String name) {
        return testDevices
                .find(name)
                .orElseThrow(
                        () -> new InvalidInput("testDevice", "must be the name of a registered test device", name));
    }

    private static Change refused(Campaign campaign) {
        return new Change.Refused(
                new Move.Refused("proof", campaign.state().name(), "it must be LOADED or ARMED"), campaign);
    }

    /** Where the ids and instants of proofs come from. */
    public record ProofStamps(Supplier<String> ids, InstantSource clock) {
        Instant now() {
            return clock.instant().truncatedTo(ChronoUnit.MILLIS);
        }
    }
}
