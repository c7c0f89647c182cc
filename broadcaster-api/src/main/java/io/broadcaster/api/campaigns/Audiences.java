package io.broadcaster.api.campaigns;

import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.audit.AuditAction;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.AudienceSource.Compression;
import io.broadcaster.campaign.AudienceSource.Format;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The list of user ids of a campaign: uploaded, or adopted from the bucket. An upload goes straight to the object store
 * in parts and memory of one part; it becomes visible whole or not at all, and the campaign points to it only then. Safe
 * for any thread; blocks.
 */
public final class Audiences {
    /** Where files that others put into the bucket may be adopted from. */
    static final String IMPORTS = "imports/";

    private final CampaignStore campaigns;
    private final Changes changes;
    private final ObjectStore objects;
    private final AudienceRules rules;
    private final ApiMeters meters;

    public Audiences(
            CampaignStore campaigns, Changes changes, ObjectStore objects, AudienceRules rules, ApiMeters meters) {
        this.campaigns = campaigns;
        this.changes = changes;
        this.objects = objects;
        this.rules = rules;
        this.meters = meters;
    }

    /** The most bytes of one audience as stored, and where upload ids come from. */
    public record AudienceRules(long bytesMax, Supplier<String> uploadIds) {}

    /** How a list of user ids is written and compressed. */
    public record Encoding(Format format, Compression compression) {}

    /** Stores the body as the audience; InvalidInput when it is empty or not what its headers say. */
    public Change upload(Request request, Encoding encoding, InputStream body) throws IOException {
        Optional<Change> hindrance = hindrance(request);
        if (hindrance.isPresent()) {
            return hindrance.get();
        }
        String key = SnapshotKeys.audience(request.id(), rules.uploadIds().get());
        AudienceSource.Stored stored;
        try (var upload = new AudienceUpload(objects.upload(key), rules.bytesMax())) {
            stored = upload.store(key, encoding, body);
        } catch (IOException | RuntimeException e) {
            meters.upload(false, 0);
            throw e;
        }
        meters.upload(true, stored.bytes());
        Change change = replace(request, stored);
        if (!(change instanceof Change.Done)) {
            objects.deleteAll(key);
        }
        return change;
    }

    /** Whether the load of this revision has rejected rows. */
    public boolean hasRejects(Campaign campaign) {
        return objects.size(SnapshotKeys.rejects(campaign.id(), campaign.revision()))
                .isPresent();
    }

    /** Every one of them, as JSON Lines. The caller closes it. */
    public InputStream rejects(Campaign campaign) {
        return objects.open(SnapshotKeys.rejects(campaign.id(), campaign.revision()));
    }

    /** Makes an object that lies under {@value #IMPORTS} the audience; reads it once for its SHA-256. */
    public Change adopt(Request request, Encoding encoding, String key) throws IOException {
        if (!key.startsWith(IMPORTS) || key.contains("..")) {
            throw new InvalidInput("s3Key", "must start with " + IMPORTS, key);
        }
        Optional<Change> hindrance = hindrance(request);
        if (hindrance.isPresent()) {
            return hindrance.get();
        }
        long bytes = objects.size(key)
                .orElseThrow(() -> new InvalidInput("s3Key", "must be the key of an object in the bucket", key));
        if (bytes == 0 || bytes > rules.bytesMax()) {
            throw new InvalidInput("s3Key", "must name an object of 1 to " + rules.bytesMax() + " bytes", bytes);
        }
        try (InputStream object = objects.open(key)) {
            return replace(request, AudienceUpload.examine(key, encoding, object));
        }
    }

    /** Who wants to replace which campaign's audience. */
    public record Request(CampaignId id, Expected expected, String principal) {}

    private Change replace(Request request, AudienceSource.Stored stored) {
        return changes.apply(
                request.id(),
                request.expected(),
                new Changes.Wish(request.principal(), AuditAction.UPLOAD),
                (campaign, now) -> Moves.replaceAudience(campaign, stored, request.principal(), now));
    }

    /** Asks the rules before gigabytes are sent in vain. */
    private Optional<Change> hindrance(Request request) {
        Optional<Campaign> found = campaigns.find(request.id());
        if (found.isEmpty()) {
            return Optional.of(new Change.Missing(request.id()));
        }
        Campaign campaign = found.get();
        if (!request.expected().matches(campaign)) {
            return Optional.of(new Change.Stale(campaign));
        }
        Instant now = changes.now();
        var anything = new AudienceSource.Stored("", Format.LINES, Compression.NONE, 1, "");
        return Moves.replaceAudience(campaign, anything, request.principal(), now) instanceof Move.Refused refusal
                ? Optional.of(new Change.Refused(refusal, campaign))
                : Optional.empty();
    }
}
