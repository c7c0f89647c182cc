package io.broadcaster.api.progress;

import io.broadcaster.api.go.Fleet;
import io.broadcaster.api.go.FleetView;
import io.broadcaster.api.progress.Status.DispatchLine;
import io.broadcaster.api.progress.Status.Ending;
import io.broadcaster.api.progress.Status.LaunchLine;
import io.broadcaster.api.progress.Status.Senders;
import io.broadcaster.audience.LoadProgress;
import io.broadcaster.audience.LoadProgressStore;
import io.broadcaster.campaign.Approval;
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
import io.broadcaster.campaign.ContentHash;
import io.broadcaster.campaign.Dispatch;
import io.broadcaster.campaign.Launch;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.ProgressStore;
import io.broadcaster.delivery.Proof;
import io.broadcaster.delivery.ProofStore;
import io.broadcaster.task.Slicing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Gathers a campaign's status from where its parts lie. Safe for any thread; blocks for a handful of reads. */
public final class StatusReader {
    private final Sources ports;
    private final FleetView fleet;
    private final Needs needs;
    private final QueueDepths queues;
    private final InstantSource clock;
    private final ProgressReader progress;

    public StatusReader(Sources ports, FleetView fleet, Needs needs, QueueDepths queues, InstantSource clock) {
        this.ports = ports;
        this.fleet = fleet;
        this.needs = needs;
        this.queues = queues;
        this.clock = clock;
        this.progress = new ProgressReader(ports.progress(), new LedgerTotals(ports.ledger(), clock), clock);
    }

    /** Where the parts of a status lie. */
    public record Sources(
            CampaignStore campaigns,
            ProgressStore progress,
            LedgerStore ledger,
            LoadProgressStore loadProgress,
            ProofStore proofs) {}

    /**
     * What lights ask for by configuration: how many ready senders a press needs, and how many messages FCM takes from the
     * project per minute.
     */
    public record Needs(int sendersReadyMin, long fcmQuotaPerMinute) {}

    /** The status, or empty when there is no such campaign. */
    public Optional<Status> read(CampaignId id) {
        return ports.campaigns().find(id).map(this::of);
    }

    private Status of(Campaign campaign) {
        Parts parts = parts(campaign);
        Optional<SnapshotSummary> snapshot = parts.armed().map(Armed::snapshot).or(parts::loadedSnapshot);
        List<Proof> proofs = ports.proofs().list(campaign.id());
        Instant now = clock.instant();
        var known = new Lights.Known(proofs, fleet.current(), needs, queues.current());
        return new Status(
                campaign.id().value(),
                campaign.spec().name(),
                campaign.spec().kind().wireName(),
                campaign.revision(),
                campaign.version(),
                campaign.state().name(),
                campaign.authors().names(),
                now,
                ByPlatform.of(Platform::batchMax),
                ports.loadProgress().find(campaign.id(), campaign.revision()).map(StatusReader::load),
                snapshot.map(StatusReader::snapshot),
                proofs(campaign, proofs),
                parts.approvals(),
                parts.armed().map(Armed::window),
                parts.armed().map(Armed::armedBy),
                parts.armed().map(armed -> armed.pressers().names()).orElseGet(List::of),
                senders(snapshot),
                new Lights(campaign, now).of(known),
                parts.launch().map(StatusReader::launch),
                parts.dispatch().map(StatusReader::dispatch),
                progress.of(campaign),
                parts.ending());
    }

    /** What the states have in common, drawn together. */
    private record Parts(
            Optional<SnapshotSummary> loadedSnapshot,
            Optional<Armed> armed,
            List<Approval> approvals,
            Optional<Launch> launch,
            Optional<Dispatch> dispatch,
            Optional<Ending> ending) {
        static final Parts NONE = new Parts(
                Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

        static Parts of(Armed armed) {
            return new Parts(
                    Optional.empty(),
                    Optional.of(armed),
                    armed.approvals(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        Parts launched(Launch by) {
            return new Parts(loadedSnapshot, armed, approvals, Optional.of(by), dispatch, ending);
        }

        Parts dispatched(Dispatch by) {
            return new Parts(loadedSnapshot, armed, approvals, launch, Optional.of(by), ending);
        }

        Parts ended(Ending how) {
            return new Parts(loadedSnapshot, armed, approvals, launch, dispatch, Optional.of(how));
        }
    }

    private static Parts parts(Campaign campaign) {
        return switch (campaign.state()) {
            case Draft _, Loading _ -> Parts.NONE;
            case Loaded(var snapshot, var approvals) ->
                new Parts(
                        Optional.of(snapshot),
                        Optional.empty(),
                        approvals,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
            case Armed armed -> Parts.of(armed);
            case Launched(var armed, var launch, var dispatch) ->
                Parts.of(armed).launched(launch).dispatched(dispatch);
            case Completed(var armed, var launch, var at) ->
                Parts.of(armed).launched(launch).ended(new Ending(at, Optional.empty(), Optional.empty()));
            case Aborted(var armed, var launch, var by, var at) ->
                Parts.of(armed).launched(launch).ended(new Ending(at, Optional.of(by), Optional.empty()));
            case Failed(var reason, var at) -> Parts.NONE.ended(new Ending(at, Optional.empty(), Optional.of(reason)));
        };
    }

    private static Status.Load load(LoadProgress load) {
        return new Status.Load(
                load.phase(), load.bytesRead(), load.bytesTotal(), load.counts(), load.sample(), load.updatedAt());
    }

    private static Status.Snapshot snapshot(SnapshotSummary snapshot) {
        return new Status.Snapshot(
                snapshot.manifestSha256(),
                snapshot.contentHash(),
                snapshot.devices(),
                snapshot.batches(),
                Slicing.count(snapshot),
                ByPlatform.of(platform -> new Status.Side(snapshot.devices(platform), snapshot.batches(platform))),
                snapshot.counts());
    }

    private static List<Status.ProofLine> proofs(Campaign campaign, List<Proof> proofs) {
        String contentHash = ContentHash.of(campaign.spec());
        return proofs.stream()
                .sorted(Comparator.comparing(Proof::requestedAt).reversed())
                .map(proof -> new Status.ProofLine(
                        proof.id(),
                        proof.testDevice(),
                        proof.platform().wireName(),
                        proof.result().outcome().name().toLowerCase(Locale.ROOT),
                        proof.contentHash().equals(contentHash),
                        proof.requestedAt()))
                .toList();
    }

    private Senders senders(Optional<SnapshotSummary> snapshot) {
        Fleet seen = fleet.current();
        int ready = snapshot.map(s -> seen.readySenders(s.manifestSha256())).orElse(0);
        return new Senders(ready, seen.senders(), needs.sendersReadyMin());
    }

    private static LaunchLine launch(Launch launch) {
        return new LaunchLine(
                launch.id().value(), launch.pressedBy(), launch.pressedAt(), launch.slices(), launch.batches());
    }

    private static DispatchLine dispatch(Dispatch dispatch) {
        return switch (dispatch) {
            case Dispatch.Pending(int ordinal, var since) -> new DispatchLine("pending", ordinal, since);
            case Dispatch.Sent(int ordinal, var at) -> new DispatchLine("sent", ordinal, at);
        };
    }
}
