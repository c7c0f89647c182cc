package io.broadcaster.audience;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.LoadCounts;
import java.time.Instant;
import java.util.List;

/**
 * How far the load of a campaign revision is. {@code bytesRead} and {@code bytesTotal} are of the stored (compressed)
 * audience; {@code sample} holds the first malformed rows, the reject file all of them.
 */
public record LoadProgress(
        CampaignId campaign,
        int revision,
        Phase phase,
        long bytesRead,
        long bytesTotal,
        LoadCounts counts,
        List<RejectedRow> sample,
        Instant updatedAt) {
    /** Most rows in {@code sample}. */
    public static final int SAMPLE_MAX = 20;

    public LoadProgress {
        sample = List.copyOf(sample);
    }

    /** What the loader is doing. */
    public enum Phase {
        /** Reading user ids and resolving their devices. */
        RESOLVING,
        /** Dropping duplicates and writing batches. */
        WRITING,
        /** The snapshot is sealed. */
        SEALED,
        /** The load ended without a snapshot; the campaign's state says why. */
        FAILED
    }

    /** A malformed row: its number from 1, the rule that it breaks, and its text cut to 80 characters. */
    public record RejectedRow(long row, String rule, String text) {}
}
