package io.broadcaster.testkit;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.Approval;
import io.broadcaster.campaign.ArmTerms;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.Authors;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.CampaignState;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.ContentHash;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.Dispatch;
import io.broadcaster.campaign.Launch;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.campaign.StateName;
import io.broadcaster.campaign.Window;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.task.SliceTask;
import io.broadcaster.task.Slicing;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Valid nouns of the domain for tests: small, constant, and the same at every call. */
public final class Fixtures {
    /** The time at which every fixture happens. */
    public static final Instant NOW = Instant.parse("2026-02-08T18:30:00Z");

    public static final CampaignId CAMPAIGN = new CampaignId("big-game");
    public static final LocaleTag ENGLISH = new LocaleTag("en");
    public static final LocaleTag GERMAN = new LocaleTag("de");
    public static final String AUTHOR = "ada";
    public static final String APPROVER = "grace";
    public static final String MARKETER = "mary";

    private static final Set<Platform> BOTH = EnumSet.allOf(Platform.class);
    private static final String SHA256 = "5f".repeat(32);

    private Fixtures() {}

    /** An alert at-least-once in English and German for both platforms; English is the default. */
    public static CampaignSpec spec() {
        return spec(DeliveryPolicy.AT_LEAST_ONCE);
    }

    /** The same under another policy. */
    public static CampaignSpec spec(DeliveryPolicy policy) {
        return new CampaignSpec(
                "Big game advert",
                PushKind.ALERT,
                policy,
                Duration.ofHours(1),
                ENGLISH,
                List.of(
                        new Content(ENGLISH, BOTH, "Kick-off", "Open the app now", Map.of("link", "app://game")),
                        new Content(GERMAN, BOTH, "Anpfiff", "Jetzt die App öffnen", Map.of("link", "app://game"))));
    }

    /** A push that wakes the app and shows nothing. */
    public static CampaignSpec silentSpec() {
        return new CampaignSpec(
                "Rehearsal",
                PushKind.SILENT,
                DeliveryPolicy.AT_LEAST_ONCE,
                Duration.ZERO,
                ENGLISH,
                List.of(new Content(ENGLISH, BOTH, "", "", Map.of("rehearsal", "1"))));
    }

    /** A stored audience of plain lines. */
    public static AudienceSource.Stored audience() {
        return new AudienceSource.Stored(
                SnapshotKeys.audience(CAMPAIGN, "upload-1"),
                AudienceSource.Format.LINES,
                AudienceSource.Compression.GZIP,
                12_345,
                SHA256);
    }

    /** What the campaign remembers of a snapshot with these devices, cut at the platforms' limits. */
    public static SnapshotSummary snapshot(long iosDevices, long androidDevices) {
        long devices = iosDevices + androidDevices;
        return new SnapshotSummary(
                SnapshotKeys.manifest(CAMPAIGN, 1),
                SHA256,
                ContentHash.of(spec()),
                iosDevices,
                (int) Math.ceilDiv(iosDevices, (long) Platform.IOS.batchMax()),
                androidDevices,
                (int) Math.ceilDiv(androidDevices, (long) Platform.ANDROID.batchMax()),
                new LoadCounts(devices, devices, 0, 0, devices, 0));
    }

    /** A campaign in the state, version 0 (not stored), of 60,000 iOS and 40,000 Android devices. */
    public static Campaign campaign(StateName state) {
        return campaign(CAMPAIGN, state);
    }

    /** A campaign under {@code id} in the state, version 0 (not stored). */
    public static Campaign campaign(CampaignId id, StateName state) {
        return new Campaign(id, 1, 0, spec(), audience(), state(id, state), Authors.of(AUTHOR), NOW, NOW);
    }

    /** The window of the fixtures: from now for half an hour. */
    public static Window window() {
        return new Window(NOW, NOW.plus(Duration.ofMinutes(30)));
    }

    /** The launch of revision 1 of the campaign. */
    public static Launch launch(CampaignId id) {
        SnapshotSummary snapshot = snapshot(60_000, 40_000);
        Campaign draft = Campaign.draft(id, spec(), AUTHOR, NOW);
        return new Launch(draft.launchId(), id, 1, MARKETER, NOW, Slicing.count(snapshot), snapshot.batches());
    }

    /** What every message of the launch repeats, for dispatch 0 at-least-once. */
    public static LaunchFacts launchFacts() {
        return new LaunchFacts(
                launch(CAMPAIGN).id(), CAMPAIGN, 1, 0, DeliveryPolicy.AT_LEAST_ONCE, NOW, window().notAfter());
    }

    /** A slice of {@code batches} batches that starts at batch {@code index * batches}. */
    public static SliceTask slice(Platform platform, int index, int batches) {
        return new SliceTask(launchFacts(), platform, index, index * batches, batches);
    }

    /** One batch of a first dispatch. */
    public static BatchTask batch(Platform platform, int batch) {
        return new BatchTask(launchFacts(), platform, batch, false);
    }

    /** The ledger's key of one batch of the fixtures' launch. */
    public static BatchKey batchKey(Platform platform, int batch) {
        return new BatchKey(launch(CAMPAIGN).id(), platform, batch);
    }

    /** The n-th user. */
    public static UserId user(int n) {
        return new UserId("user-" + n);
    }

    /** A token of the platform's usual length (64 and 163 characters), another for each {@code n}. */
    public static DeviceToken token(Platform platform, int n) {
        return switch (platform) {
            case IOS -> DeviceToken.of(Platform.IOS, String.format("%064x", 0xa000_0000_0000L + n));
            case ANDROID -> DeviceToken.of(Platform.ANDROID, String.format("fcm%08d:", n) + "APA91b".repeat(25) + "x");
        };
    }

    /** A device of the platform with {@link #token(Platform, int)}, registered an hour before {@link #NOW}. */
    public static Device device(Platform platform, int n, LocaleTag locale) {
        return new Device(platform, token(platform, n), locale, NOW.minus(Duration.ofHours(1)));
    }

    private static CampaignState state(CampaignId id, StateName name) {
        return switch (name) {
            case DRAFT -> new CampaignState.Draft();
            case LOADING -> new CampaignState.Loading(AUTHOR, NOW);
            case LOADED -> new CampaignState.Loaded(snapshot(60_000, 40_000), approvals());
            case ARMED -> armed();
            case LAUNCHED -> new CampaignState.Launched(armed(), launch(id), new Dispatch.Pending(0, NOW));
            case COMPLETED -> new CampaignState.Completed(armed(), launch(id), NOW.plusSeconds(6));
            case ABORTED -> new CampaignState.Aborted(armed(), launch(id), MARKETER, NOW.plusSeconds(3));
            case FAILED -> new CampaignState.Failed("the audience object is missing", NOW);
        };
    }

    private static CampaignState.Armed armed() {
        return new CampaignState.Armed(
                snapshot(60_000, 40_000),
                approvals(),
                ArmTerms.anybody(window()),
                MARKETER,
                NOW.minus(Duration.ofMinutes(5)));
    }

    private static List<Approval> approvals() {
        return List.of(new Approval(APPROVER, NOW.minus(Duration.ofMinutes(10)), ContentHash.of(spec())));
    }
}
