package io.broadcaster.campaign;

import java.time.Instant;

/**
 * One campaign as stored. {@code revision} grows with every edit of spec or audience; {@code version} with every write and
 * is the optimistic lock. Instances are made by {@link #draft} and by the moves of {@link Moves} only.
 */
public record Campaign(
        CampaignId id,
        int revision,
        long version,
        CampaignSpec spec,
        AudienceSource audience,
        CampaignState state,
        Authors authors,
        Instant createdAt,
        Instant updatedAt) {

    /** A new campaign, revision 1, not yet stored (version 0). */
    public static Campaign draft(CampaignId id, CampaignSpec spec, String author, Instant now) {
        return new Campaign(
                id, 1, 0, spec, new AudienceSource.None(), new CampaignState.Draft(), Authors.of(author), now, now);
    }

    /** The same new campaign, whose namesakes before it had the revisions up to {@code last}. */
    public Campaign after(int last) {
        return new Campaign(id, last + 1, version, spec, audience, state, authors, createdAt, updatedAt);
    }

    /** The launch that this revision has or would have. */
    public LaunchId launchId() {
        return LaunchId.of(id, revision);
    }

    /** The same campaign as stored under {@code version}. */
    public Campaign atVersion(long version) {
        return new Campaign(id, revision, version, spec, audience, state, authors, createdAt, updatedAt);
    }

    Campaign inState(CampaignState next, Instant now) {
        return new Campaign(id, revision, version, spec, audience, next, authors, createdAt, now);
    }

    Campaign edited(CampaignSpec nextSpec, AudienceSource nextAudience, String editor, Instant now) {
        return new Campaign(
                id,
                revision + 1,
                version,
                nextSpec,
                nextAudience,
                new CampaignState.Draft(),
                authors.and(editor),
                createdAt,
                now);
    }
}
