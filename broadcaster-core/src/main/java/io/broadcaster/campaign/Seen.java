package io.broadcaster.campaign;

import java.util.List;

/**
 * What an approver says to have seen on a phone: variants such as {@code ios/en}, of which revision. Revision 0: he did not say.
 */
public record Seen(long revision, List<String> variants) {
    public Seen {
        variants = List.copyOf(variants);
    }

    /** All that phones show of a campaign as it stands. */
    public static Seen allOf(Campaign campaign) {
        return new Seen(campaign.revision(), campaign.spec().shown());
    }
}
