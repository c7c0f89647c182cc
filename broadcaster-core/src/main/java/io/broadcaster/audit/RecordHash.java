package io.broadcaster.audit;

import io.broadcaster.campaign.Approval;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignState;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.ContentHash;
import io.broadcaster.campaign.Launch;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.delivery.TestDevice;
import java.util.List;

/**
 * SHA-256 (hex) of what people decided about a record: content, audience, snapshot, approvals, window, launch, abort. What
 * machines note (versions, dispatches, completion) is left out, so that an entry written late hashes as one written at once.
 */
public final class RecordHash {
    /** The hash where there is no record. */
    public static final String NONE = "";

    private RecordHash() {}

    public static String of(Campaign campaign) {
        return of(campaign, campaign.state());
    }

    /** The hash of the campaign when it was in another state of the same revision. */
    public static String of(Campaign campaign, CampaignState state) {
        var text = new CanonicalText()
                .field("campaign/1")
                .field(campaign.id().value())
                .field(campaign.revision());
        campaign.authors()
                .names()
                .forEach(text::field); // one, when they were not told apart: older entries hash as they did
        text.field(campaign.spec().name())
                .field(campaign.spec().policy().name())
                .field(ContentHash.of(campaign.spec()));
        audience(text, campaign.audience());
        state(text, state);
        return text.sha256();
    }

    public static String of(TestDevice device) {
        return new CanonicalText()
                .field("test-device/1")
                .field(device.name())
                .field(device.owner())
                .field(device.platform().wireName())
                .field(device.token().value())
                .field(device.locale().value())
                .sha256();
    }

    private static void audience(CanonicalText text, AudienceSource audience) {
        switch (audience) {
            case AudienceSource.None _ -> text.field("none");
            case AudienceSource.Stored stored ->
                text.field("stored")
                        .field(stored.key())
                        .field(stored.format().name())
                        .field(stored.compression().name())
                        .field(stored.bytes())
                        .field(stored.sha256());
        }
    }

    private static void state(CanonicalText text, CampaignState state) {
        switch (state) {
            case CampaignState.Draft _ -> text.field("draft");
            case CampaignState.Loading loading ->
                text.field("loading").field(loading.requestedBy()).field(loading.since());
            case CampaignState.Loaded loaded -> {
                snapshot(text.field("loaded"), loaded.snapshot());
                approvals(text, loaded.approvals());
            }
            case Armed armed -> armed(text.field("armed"), armed);
            case CampaignState.Launched launched -> launched(text, launched.armed(), launched.launch());
            case CampaignState.Completed completed -> launched(text, completed.armed(), completed.launch());
            case CampaignState.Aborted aborted -> {
                launched(text, aborted.armed(), aborted.launch());
                text.field("aborted").field(aborted.abortedBy()).field(aborted.abortedAt());
            }
            case CampaignState.Failed failed ->
                text.field("failed").field(failed.reason()).field(failed.failedAt());
        }
    }

    private static void launched(CanonicalText text, Armed armed, Launch launch) {
        armed(text.field("launched"), armed);
        text.field(launch.id().value())
                .field(launch.revision())
                .field(launch.pressedBy())
                .field(launch.pressedAt())
                .field(launch.slices())
                .field(launch.batches());
    }

    private static void armed(CanonicalText text, Armed armed) {
        snapshot(text, armed.snapshot());
        approvals(text, armed.approvals());
        text.field(armed.window().notBefore())
                .field(armed.window().notAfter())
                .field(armed.armedBy())
                .field(armed.armedAt());
        armed.pressers().names().forEach(text::field); // none before there were any: older entries hash as they did
    }

    private static void snapshot(CanonicalText text, SnapshotSummary snapshot) {
        text.field(snapshot.manifestKey())
                .field(snapshot.manifestSha256())
                .field(snapshot.contentHash())
                .field(snapshot.iosDevices())
                .field(snapshot.androidDevices());
    }

    private static void approvals(CanonicalText text, List<Approval> approvals) {
        text.field(approvals.size());
        approvals.forEach(
                approval -> text.field(approval.by()).field(approval.at()).field(approval.contentHash()));
    }
}
