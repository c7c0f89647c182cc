package io.broadcaster.api.progress;

import io.broadcaster.audience.LoadProgress;
import io.broadcaster.campaign.Approval;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.StateName;
import io.broadcaster.campaign.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a screen shows of a campaign, as of {@code at}. What the state does not have yet is absent. {@code batchMax} is
 * the most devices of one batch.
 */
public record Status(
        String campaign,
        String name,
        String kind,
        int revision,
        long version,
        StateName state,
        List<String> authors,
        Instant at,
        ByPlatform<Integer> batchMax,
        Optional<Load> load,
        Optional<Snapshot> snapshot,
        List<ProofLine> proofs,
        List<Approval> approvals,
        Optional<Window> window,
        Optional<String> armedBy,
        List<String> pressers,
        Senders senders,
        List<Light> lights,
        Optional<LaunchLine> launch,
        Optional<DispatchLine> dispatch,
        Optional<Progress> progress,
        Optional<Ending> ending) {

    /** The same without the instant at which it was read: equal when nothing has changed. */
    public Status timeless() {
        return new Status(
                campaign,
                name,
                kind,
                revision,
                version,
                state,
                authors,
                Instant.EPOCH,
                batchMax,
                load,
                snapshot,
                proofs,
                approvals,
                window,
                armedBy,
                pressers,
                senders,
                lights,
                launch,
                dispatch,
                progress,
                ending);
    }

    /** Whether figures still change by the moment. */
    public boolean sending() {
        return state == StateName.LAUNCHED;
    }

    /** Whether a press may come at any moment. */
    public boolean armed() {
        return state == StateName.ARMED;
    }

    /** How far the load is; {@code sample} shows the first malformed rows. */
    public record Load(
            LoadProgress.Phase phase,
            long bytesRead,
            long bytesTotal,
            LoadCounts counts,
            List<LoadProgress.RejectedRow> sample,
            Instant updatedAt) {}

    /** What was loaded, and into how many batches and slices it is cut. */
    public record Snapshot(
            String manifestSha256,
            String contentHash,
            long devices,
            int batches,
            int slices,
            ByPlatform<Side> platforms,
            LoadCounts counts) {}

    /** One platform's part of the snapshot. */
    public record Side(long devices, int batches) {}

    /** One proof; {@code thisContent} when it was of exactly the content that stands. */
    public record ProofLine(
            String id, String testDevice, String platform, String outcome, boolean thisContent, Instant requestedAt) {}

    /** Live senders, those that hold this snapshot ready, and how many must. */
    public record Senders(int ready, int live, int needed) {}

    /** Who pressed, when, and what follows from it. */
    public record LaunchLine(String launch, String pressedBy, Instant pressedAt, int slices, int batches) {}

    /** Whether the slices are known to be in tier 1. */
    public record DispatchLine(String state, int ordinal, Instant at) {}

    /**
     * What became of the devices so far: by the workers' live figures while sending ({@code source} live), by the ledger
     * after ({@code source} ledger). {@code outstanding} devices have no outcome yet.
     */
    public record Progress(
            String source,
            long devices,
            long terminal,
            long outstanding,
            ByPlatform<Outcomes> outcomes,
            Outcomes total,
            Optional<Integer> outstandingBatches,
            Press press,
            List<StageLine> stages) {}

    /** Devices by outcome; {@code reasons} tells the rejected apart. */
    public record Outcomes(
            long accepted,
            long rejected,
            long unregistered,
            long expired,
            long suppressed,
            long unknown,
            List<Reason> reasons) {}

    /** Rejected devices of one reason. */
    public record Reason(String code, long devices) {}

    /** Milliseconds from the press to the first request, and to the answers of devices; accepted devices per second. */
    public record Press(
            double firstRequestMillis,
            double firstMillis,
            double p50Millis,
            double p95Millis,
            double p99Millis,
            double lastMillis,
            double acceptedPerSecond) {}

    /** One row of the waterfall: when a stage was reached, in milliseconds from the press. */
    public record StageLine(
            String stage,
            long count,
            double firstMillis,
            double p50Millis,
            double p95Millis,
            double p99Millis,
            double lastMillis) {}

    /** How the launch or the load ended, by whom where there is somebody. */
    public record Ending(Instant at, Optional<String> by, Optional<String> reason) {}
}
