package io.broadcaster.loader;

import io.broadcaster.audience.LoadProgress;
import io.broadcaster.audience.LoadProgress.Phase;
import io.broadcaster.audience.LoadProgress.RejectedRow;
import io.broadcaster.audience.LoadProgressStore;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.LoadCounts;
import java.time.InstantSource;
import java.util.List;

/** The figures of one load as last shown by it; any thread may {@link #put} them into the store. */
final class ProgressBoard {
    private final LoadProgressStore store;
    private final CampaignId campaign;
    private final int revision;
    private final long bytesTotal;
    private final InstantSource clock;
    private volatile Figures figures = new Figures(Phase.RESOLVING, 0, new LoadCounts(0, 0, 0, 0, 0, 0), List.of());

    ProgressBoard(
            LoadProgressStore store,
            CampaignId campaign,
            int revision,
            AudienceSource.Stored audience,
            InstantSource clock) {
        this.store = store;
        this.campaign = campaign;
        this.revision = revision;
        this.bytesTotal = audience.bytes();
        this.clock = clock;
    }

    /** Shows new figures. */
    void show(Phase phase, long bytesRead, LoadCounts counts, List<RejectedRow> sample) {
        figures = new Figures(phase, bytesRead, counts, sample);
    }

    /** Shows another phase with the figures as they are. */
    void show(Phase phase) {
        Figures last = figures;
        figures = new Figures(phase, last.bytesRead(), last.counts(), last.sample());
    }

    /** Shows the end of a sealed load. */
    void showSealed(LoadCounts counts) {
        figures = new Figures(Phase.SEALED, bytesTotal, counts, figures.sample());
    }

    LoadCounts counts() {
        return figures.counts();
    }

    /** Writes the figures as they are now. */
    void put() {
        Figures now = figures;
        store.put(new LoadProgress(
                campaign,
                revision,
                now.phase(),
                now.bytesRead(),
                bytesTotal,
                now.counts(),
                now.sample(),
                clock.instant()));
    }

    private record Figures(Phase phase, long bytesRead, LoadCounts counts, List<RejectedRow> sample) {}
}
