package io.broadcaster.api.go;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.Launch;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Pressers;

/** The answer to one press. */
public sealed interface Press {
    /** There is a launch, by this press or by an earlier one: the record is the same for everybody, forever. */
    record Launched(Launch launch) implements Press {}

    /** The campaign's state or window forbids it. */
    record Refused(Move.Refused refusal) implements Press {}

    /** The campaign was armed for others to press. */
    record NotNamed(String presser, Pressers pressers) implements Press {
        /** One line for a person. */
        public String sentence() {
            return presser + " may not press GO: the campaign was armed for " + pressers.sentence() + " to press";
        }
    }

    /** Too few live senders hold this very snapshot in memory. */
    record NotReady(int ready, int needed, int senders) implements Press {
        /** One line for a person. */
        public String sentence() {
            return "cannot launch: " + ready + " of " + senders
                    + " live senders are ready for this snapshot, and at least " + needed + " must be";
        }
    }

    /** Others kept changing the campaign between read and write; press again. */
    record Contended(int attempts) implements Press {}

    /** There is no such campaign. */
    record Missing(CampaignId id) implements Press {}
}
