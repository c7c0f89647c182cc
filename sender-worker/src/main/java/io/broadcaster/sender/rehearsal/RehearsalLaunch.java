package io.broadcaster.sender.rehearsal;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.Authors;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.CampaignState;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.ContentHash;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.snapshot.ColumnWriter;
import io.broadcaster.snapshot.ManifestJson;
import io.broadcaster.snapshot.payload.Variants;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A launch of devices that do not exist: its campaign, its snapshot in memory, and the messages of its batches. The batches are
 * small, so that many fit: what a batch costs and what a device costs are both done often enough to be compiled.
 */
public final class RehearsalLaunch {
    private static final CampaignId CAMPAIGN = new CampaignId("rehearsal");
    private static final LaunchId LAUNCH = LaunchId.of(CAMPAIGN, 1);
    private static final LocaleTag ENGLISH = new LocaleTag("en");

    /** Devices of one batch. */
    static final int BATCH_SIZE = 16;

    /** Real tokens are as long. */
    private static final int IOS_TOKEN_DIGITS = 64;

    private static final int ANDROID_TOKEN_CHARACTERS = 163;

    private final Map<Platform, Integer> batches = new EnumMap<>(Platform.class);
    private final LaunchFacts facts;
    private final HeapObjects objects = new HeapObjects();
    private final OneCampaign campaigns;

    private RehearsalLaunch(int batches, Instant now, Duration timeMax) {
        this.batches.put(Platform.IOS, Math.ceilDiv(batches, 2));
        this.batches.put(Platform.ANDROID, batches / 2);
        facts = new LaunchFacts(LAUNCH, CAMPAIGN, 1, 0, DeliveryPolicy.AT_LEAST_ONCE, now, now.plus(timeMax));
        campaigns = new OneCampaign(write(now));
    }

    /** So many batches, half of them iOS, pressed {@code now} and sent for {@code timeMax} at most. */
    public static RehearsalLaunch of(int batches, Instant now, Duration timeMax) {
        return new RehearsalLaunch(batches, now, timeMax);
    }

    /** The campaign alone. */
    public CampaignStore campaigns() {
        return campaigns;
    }

    /** The snapshot's files. */
    public ObjectStore objects() {
        return objects;
    }

    /** What a fan-out worker would put into tier 2. */
    public List<Outgoing> messages(Platform platform) {
        return IntStream.range(0, batches.getOrDefault(platform, 0))
                .mapToObj(i -> new BatchTask(facts, platform, i, false))
                .map(batch -> new Outgoing(batch.messageId(), TaskCodec.write(batch)))
                .toList();
    }

    /** Writes what a loader would have written, and answers with the campaign as it would stand then. */
    private Campaign write(Instant now) {
        var content = new Content(
                ENGLISH,
                EnumSet.allOf(Platform.class),
                "Rehearsal",
                "Nobody is to read this.",
                Map.of("link", "app://"));
        var spec = new CampaignSpec(
                "rehearsal",
                PushKind.ALERT,
                DeliveryPolicy.AT_LEAST_ONCE,
                Duration.ofHours(1),
                ENGLISH,
                List.of(content));
        var variants = Variants.render(spec, LAUNCH);
        var columns = new ArrayList<Manifest.Column>();
        long devices = 0;
        for (Platform platform : Platform.values()) {
            Manifest.Column column = column(variants, platform, now);
            columns.add(column);
            devices += column.devices();
        }
        var counts = new LoadCounts(devices, devices, 0, 0, devices, 0);
        String hash = ContentHash.of(spec);
        var manifest = new Manifest(
                CAMPAIGN, 1, LAUNCH, hash, spec.kind(), spec.expiry(), now, variants.all(), columns, counts);
        byte[] json = ManifestJson.write(manifest);
        String key = SnapshotKeys.manifest(CAMPAIGN, 1);
        objects.putIfAbsent(key, json);
        Manifest.Column ios = manifest.column(Platform.IOS);
        Manifest.Column android = manifest.column(Platform.ANDROID);
        var snapshot = new SnapshotSummary(
                key,
                ManifestJson.sha256(json),
                hash,
                ios.devices(),
                ios.batches(),
                android.devices(),
                android.batches(),
                counts);
        var loaded = new CampaignState.Loaded(snapshot, List.of());
        return new Campaign(CAMPAIGN, 1, 1, spec, new AudienceSource.None(), loaded, Authors.of("rehearsal"), now, now);
    }

    private Manifest.Column column(Variants variants, Platform platform, Instant now) {
        int variant = variants.choose(platform, ENGLISH);
        try (var writer = ColumnWriter.open(objects, CAMPAIGN, 1, platform, BATCH_SIZE)) {
            int devices = BATCH_SIZE * batches.getOrDefault(platform, 0);
            for (int i = 0; i < devices; i++) {
                var user = new UserId("rehearsal-" + i);
                writer.append(variant, user, new Device(platform, token(platform, i), ENGLISH, now));
            }
            return writer.seal();
        }
    }

    private static DeviceToken token(Platform platform, int number) {
        int length = switch (platform) {
            case IOS -> IOS_TOKEN_DIGITS;
            case ANDROID -> ANDROID_TOKEN_CHARACTERS;
        };
        String digits = Integer.toString(number);
        return new DeviceToken("0".repeat(length - digits.length()) + digits);
    }
}
