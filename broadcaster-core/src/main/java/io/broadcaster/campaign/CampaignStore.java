package io.broadcaster.campaign;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Campaigns at rest. Every write is conditional; reads are strongly consistent. Safe for any thread. */
public interface CampaignStore {
    /** The campaign as last written. */
    Optional<Campaign> find(CampaignId id);

    /** Stores a new campaign under version 1, unless the id is taken. */
    WriteResult create(Campaign campaign);

    /** Stores the campaign under {@code campaign.version() + 1} if the stored version still is {@code campaign.version()}. */
    WriteResult replace(Campaign campaign);

    /** Removes the campaign if the stored version still is {@code campaign.version()}; WRITTEN bears what was removed. */
    WriteResult delete(Campaign campaign);

    /**
     * All campaigns in any of the states, in no particular order. Which campaigns are in it may lag by a second (an index);
     * each campaign itself is read consistently and is in one of the states.
     */
    List<Campaign> inStates(Set<StateName> states);

    /** What became of a conditional write. */
    sealed interface WriteResult {
        /** Done; the campaign bears its new version. */
        record Written(Campaign campaign) implements WriteResult {}

        /** Not stored: somebody else wrote first; this is what stands there now. */
        record Conflict(Campaign current) implements WriteResult {}

        /** Not stored: there is no such campaign. */
        record Missing() implements WriteResult {}
    }
}
