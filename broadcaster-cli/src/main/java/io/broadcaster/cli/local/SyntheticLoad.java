package io.broadcaster.cli.local;

import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.AudienceSource.Compression;
import io.broadcaster.campaign.AudienceSource.Format;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignStore.WriteResult;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.loader.store.SnapshotWriter;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.loadtest.snapshot.SyntheticColumns;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;

/**
 * Does a loader's work for a synthetic audience: the snapshot goes straight to S3, then the campaign moves from DRAFT to
 * LOADED by the rules of every such move, in one conditional write. Used by one thread.
 */
public final class SyntheticLoad {
    private static final String LOADED_BY = "loadtest";

    private final AwsCloud cloud;
    private final InstantSource clock;

    public SyntheticLoad(AwsCloud cloud, InstantSource clock) {
        this.cloud = cloud;
        this.clock = clock;
    }

    /** A sealed snapshot: its files' bytes in S3, and those of the tokens files, which every sender holds in memory. */
    public record Loaded(SnapshotSummary snapshot, long storedBytes, long tokenBytes) {}

    /** Loads the draft; the campaign is LOADED when this returns. */
    public Loaded load(CampaignId id, SyntheticAudience audience) throws InterruptedException {
        Campaign draft = cloud.campaigns().find(id).orElseThrow();
        Instant now = clock.instant();
        Campaign loading = moved(Moves.load(
                moved(Moves.replaceAudience(draft, description(id, audience), LOADED_BY, now)), LOADED_BY, now));
        SyntheticColumns.Written written = SyntheticColumns.write(cloud.objects(), loading, audience);
        SnapshotSummary snapshot = new SnapshotWriter(cloud.objects(), loading)
                .seal(new SnapshotWriter.Written(now, written.columns(), written.counts()));
        Campaign loaded = moved(Moves.loaded(loading, snapshot, clock.instant()));
        if (!(cloud.campaigns().replace(loaded) instanceof WriteResult.Written)) {
            throw new IllegalStateException("somebody else wrote campaign " + id + " while its snapshot was made");
        }
        long tokens =
                written.columns().stream().mapToLong(c -> c.tokens().bytes()).sum();
        return new Loaded(snapshot, written.bytes(), tokens);
    }

    /** In place of a list of users: what the audience was made from, so that it can be made again. */
    private AudienceSource.Stored description(CampaignId id, SyntheticAudience audience) {
        byte[] text = audience.toString().getBytes(StandardCharsets.UTF_8);
        String key = SnapshotKeys.audience(id, "synthetic");
        cloud.objects().putIfAbsent(key, text);
        return new AudienceSource.Stored(key, Format.LINES, Compression.NONE, text.length, sha256(text));
    }

    private static Campaign moved(Move move) {
        return switch (move) {
            case Move.Moved(Campaign campaign) -> campaign;
            case Move.Refused refused -> throw new IllegalStateException(refused.sentence());
        };
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
