package io.broadcaster.loadtest.simulate;

import io.broadcaster.audience.BatchSizing;
import io.broadcaster.audience.Manifest;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.ContentHash;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.sender.snapshot.SnapshotInUse;
import io.broadcaster.testkit.Fixtures;
import io.broadcaster.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * Devices without anything but a number, cut into batches as the loader would. The number is the token: iOS devices come
 * first. Immutable.
 */
record SimulatedAudience(int ios, int android) {
    private static final LocaleTag ENGLISH = new LocaleTag("en");
    private static final String SHA256 = "ab".repeat(32);

    int devices() {
        return ios + android;
    }

    int devices(Platform platform) {
        return switch (platform) {
            case IOS -> ios;
            case ANDROID -> android;
        };
    }

    int batchSize(Platform platform) {
        return BatchSizing.devicesPerBatch(platform, ios, android);
    }

    int batches(Platform platform) {
        return Math.ceilDiv(devices(platform), batchSize(platform));
    }

    /** The number of one device. */
    int number(Platform platform, int batch, int position) {
        return (platform == Platform.IOS ? 0 : ios) + batch * batchSize(platform) + position;
    }

    static CampaignSpec spec(DeliveryPolicy policy) {
        var content = new Content(ENGLISH, EnumSet.allOf(Platform.class), "Kick-off", "Open the app", Map.of());
        return new CampaignSpec("Simulated", PushKind.ALERT, policy, Duration.ofHours(1), ENGLISH, List.of(content));
    }

    SnapshotSummary summary(CampaignSpec spec) {
        return new SnapshotSummary(
                "simulated/manifest",
                SHA256,
                ContentHash.of(spec),
                ios,
                batches(Platform.IOS),
                android,
                batches(Platform.ANDROID),
                counts());
    }

    private LoadCounts counts() {
        return new LoadCounts(devices(), devices(), 0, 0, devices(), 0);
    }

    /** The snapshot of these devices as a sender holds it in memory. */
    SnapshotInUse snapshot(LaunchId launch, CampaignSpec spec) {
        var variants = new ArrayList<Manifest.Variant>();
        var columns = new ArrayList<Manifest.Column>();
        for (Platform platform : Platform.values()) {
            variants.add(
                    new Manifest.Variant(platform, 0, ENGLISH, spec.contents().getFirst(), "{}"));
            var none = new Manifest.FileRef("simulated/" + platform.wireName(), 0, List.of());
            columns.add(new Manifest.Column(
                    platform, devices(platform), batches(platform), batchSize(platform), none, none));
        }
        return new Numbers(
                this,
                new Manifest(
                        Fixtures.CAMPAIGN,
                        1,
                        launch,
                        ContentHash.of(spec),
                        spec.kind(),
                        spec.expiry(),
                        Simulation.START,
                        variants,
                        columns,
                        counts()));
    }

    private record Numbers(SimulatedAudience audience, Manifest manifest) implements SnapshotInUse {
        @Override
        public int devices(Platform platform, int batch) {
            int size = audience.batchSize(platform);
            return Math.min(size, audience.devices(platform) - batch * size);
        }

        @Override
        public int variant(Platform platform, int batch) {
            return 0;
        }

        @Override
        public int copyToken(Platform platform, int batch, int position, byte[] into) {
            int number = audience.number(platform, batch, position);
            for (int i = 0; i < Integer.BYTES; i++) {
                into[i] = (byte) (number >>> (8 * i));
            }
            return Integer.BYTES;
        }

        @Override
        public void close() {}
    }

    /** The device that a token stands for. */
    static int number(byte[] token) {
        int number = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            number |= (token[i] & 0xff) << (8 * i);
        }
        return number;
    }
}
