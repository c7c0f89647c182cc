package io.broadcaster.audience;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.Platform;

/** Where the files of a campaign revision lie in the bucket. */
public final class SnapshotKeys {
    private SnapshotKeys() {}

    /** Everything that belongs to the revision. */
    public static String prefix(CampaignId campaign, int revision) {
        return "campaigns/" + campaign + "/" + revision + "/";
    }

    /** The manifest: written last; its presence means that the snapshot is sealed. */
    public static String manifest(CampaignId campaign, int revision) {
        return prefix(campaign, revision) + "manifest.json";
    }

    /** What senders load: tokens and payload variants in batches. */
    public static String tokens(CampaignId campaign, int revision, Platform platform) {
        return prefix(campaign, revision) + platform.wireName() + "-tokens.arrow";
    }

    /** What reports read, row for row beside the tokens: users, locales, registration times. */
    public static String details(CampaignId campaign, int revision, Platform platform) {
        return prefix(campaign, revision) + platform.wireName() + "-details.arrow";
    }

    /** Every malformed row of the audience, as JSON Lines. */
    public static String rejects(CampaignId campaign, int revision) {
        return prefix(campaign, revision) + "rejects.jsonl";
    }

    /** The loader's resumable work; removed once the manifest stands. */
    public static String work(CampaignId campaign, int revision) {
        return prefix(campaign, revision) + "work/";
    }

    /** Audience uploads of a campaign; each is an object of its own. */
    public static String audience(CampaignId campaign, String uploadId) {
        return "audiences/" + campaign + "/" + uploadId;
    }
}
